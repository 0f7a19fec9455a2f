package dev.frontdesk.cache.widgets;

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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as its callers see it, behind a gateway that has signed their identity. */
final class WidgetsApi implements AutoCloseable {

    static final TenantId ACME = new TenantId("acme");
    static final TenantId OTHER = new TenantId("other");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final IdentityAssertions identities;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    WidgetsApi(IdentityAssertions identities, Environment environment) {
        this.identities = identities;
        this.environment = environment;
    }

    static Caller application(TenantId tenant) {
        return application(tenant, Scope.Action.WRITE);
    }

    static Caller application(TenantId tenant, Scope.Action action) {
        return new Caller.ApiKey(tenant, UUID.randomUUID(), new Scopes(List.of(new Scope(Scope.Area.CACHE, action))));
    }

    static Caller session(TenantId tenant, UUID account) {
        return new Caller.Account(tenant, account, UUID.randomUUID(), Set.of());
    }

    Calls as(Caller caller) {
        return new Calls(caller);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String problem() {
            return json().path("type").asString().replace("https://frontdesk.dev/problems/", "");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String etag() {
            return header("ETag");
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

        private Calls(Caller caller) {
            this.caller = caller;
        }

        /**
         * @param path what follows {@code /api/v1/}, already encoded
         * @param body with another type than JSON if the headers name one
         */
        CompletableFuture<Answer> sending(String method, String path, String body, String... headers) {
            var port = environment.getRequiredProperty("local.server.port");
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                    .timeout(PATIENCE)
                    .header(Headers.IDENTITY, identities.sign(caller))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (!body.isEmpty()) {
                request.setHeader("Content-Type", JSON);
            }
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
            return http.sendAsync(request.build(), BodyHandlers.ofString())
                    .thenApply(it -> new Answer(it.statusCode(), it.body(), it));
        }

        Answer send(String method, String path, String body, String... headers) {
            return sending(method, path, body, headers).join();
        }

        /** @param path what follows {@code /api/v1/widgets/} */
        Answer get(String path, String... headers) {
            return send("GET", "widgets/" + path, "", headers);
        }

        Answer put(String path, String body, String... headers) {
            return send("PUT", "widgets/" + path, body, headers);
        }

        Answer patch(String path, String body, String... headers) {
            return send("PATCH", "widgets/" + path, body, headers);
        }

        Answer delete(String path, String... headers) {
            return send("DELETE", "widgets/" + path, "", headers);
        }
    }
}
