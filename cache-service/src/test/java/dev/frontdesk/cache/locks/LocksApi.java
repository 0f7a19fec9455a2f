package dev.frontdesk.cache.locks;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as its callers see it, behind a gateway that has signed their identity. */
final class LocksApi implements AutoCloseable {

    static final TenantId ACME = new TenantId("acme");
    static final TenantId OTHER = new TenantId("other");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final IdentityAssertions identities;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LocksApi(IdentityAssertions identities, Environment environment) {
        this.identities = identities;
        this.environment = environment;
    }

    static Caller application(TenantId tenant) {
        return application(tenant, Scope.Action.WRITE);
    }

    static Caller application(TenantId tenant, Scope.Action action) {
        return new Caller.ApiKey(tenant, UUID.randomUUID(), new Scopes(List.of(new Scope(Scope.Area.LOCKS, action))));
    }

    Calls as(Caller caller) {
        return as(caller, Integer.parseInt(environment.getRequiredProperty("local.server.port")));
    }

    /** At another instance. */
    Calls as(Caller caller, int port) {
        return new Calls(caller, port);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String field(String name) {
            return json().path(name).asString();
        }

        long fence() {
            return json().get("fence").longValue();
        }

        String problem() {
            return field("type").replace("https://frontdesk.dev/problems/", "");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError(wanted + " expected, but got " + status + ": " + body);
            }
            return this;
        }
    }

    final class Calls {

        private final Caller caller;
        private final int port;

        private Calls(Caller caller, int port) {
            this.caller = caller;
            this.port = port;
        }

        /** @param path what follows {@code /api/v1/locks}, already encoded */
        CompletableFuture<Answer> send(String method, String path, String body) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/locks" + path))
                    .timeout(PATIENCE)
                    .header(Headers.IDENTITY, identities.sign(caller))
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            return http.sendAsync(request, BodyHandlers.ofString())
                    .thenApply(it -> new Answer(it.statusCode(), it.body(), it));
        }

        Answer get(String path) {
            return send("GET", path, "").join();
        }

        Answer acquire(String name, String body) {
            return acquiring(name, body).join();
        }

        CompletableFuture<Answer> acquiring(String name, String body) {
            return send("POST", "/" + name + "/acquire", body);
        }

        Answer renew(String name, String token, long ttlMs) {
            return send("POST", "/" + name + "/renew", "{\"token\":\"" + token + "\",\"ttl_ms\":" + ttlMs + "}")
                    .join();
        }

        Answer release(String name, String token) {
            return send("POST", "/" + name + "/release", "{\"token\":\"" + token + "\"}")
                    .join();
        }
    }
}
