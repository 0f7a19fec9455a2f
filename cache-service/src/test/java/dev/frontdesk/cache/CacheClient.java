package dev.frontdesk.cache;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as its callers see it, behind a gateway that has signed their identity; also several instances of it. */
public final class CacheClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final IdentityAssertions identities;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    CacheClient(IdentityAssertions identities, Environment environment) {
        this.identities = identities;
        this.environment = environment;
    }

    public static Caller application(TenantId tenant) {
        return new Caller.ApiKey(
                tenant,
                UUID.randomUUID(),
                new Scopes(List.of(new Scope(Scope.Area.CACHE, Scope.Action.ADMINISTER))));
    }

    public static Caller session(TenantId tenant, UUID account) {
        return new Caller.Account(tenant, account, UUID.randomUUID(), Set.of());
    }

    public Calls as(Caller caller) {
        return at(caller, Integer.parseInt(environment.getRequiredProperty("local.server.port")));
    }

    /** At another instance. */
    public Calls at(Caller caller, int port) {
        return new Calls(caller, port);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** What the service answered. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String problem() {
            return json().path("type").asString().replace("https://frontdesk.dev/problems/", "");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError(wanted + " expected, but got " + status + ": " + body);
            }
            return this;
        }
    }

    /** A caller and its requests to one instance. */
    public final class Calls {

        private final Caller caller;
        private final int port;

        private Calls(Caller caller, int port) {
            this.caller = caller;
            this.port = port;
        }

        /** @param path the part after {@code /api/v1/}, already encoded */
        public Answer send(String method, String path, @Nullable String body, String... headers) {
            return sending(method, path, body, headers).join();
        }

        public CompletableFuture<Answer> sending(
                String method, String path, @Nullable String body, String... headers) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/" + path))
                    .timeout(PATIENCE)
                    .header(Headers.IDENTITY, identities.sign(caller))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                    .thenApply(response -> new Answer(response.statusCode(), response.body(), response));
        }

        public Answer get(String path) {
            return send("GET", "cache/" + path, null);
        }

        public Answer put(String path, String body) {
            return send("PUT", "cache/" + path, body);
        }

        public Answer delete(String path) {
            return send("DELETE", "cache/" + path, null);
        }

        public Answer post(String path, String json) {
            return send("POST", "cache/" + path, json, "Content-Type", "application/json");
        }

        /** Settings of a namespace. */
        public Answer set(String namespace, String json) {
            return send("PUT", "cache-namespaces/" + namespace, json, "Content-Type", "application/json");
        }
    }
}
