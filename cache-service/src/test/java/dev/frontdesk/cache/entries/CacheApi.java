package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service as its callers see it, behind a gateway that has signed their identity. */
final class CacheApi {

    static final TenantId ACME = new TenantId("acme");
    static final TenantId OTHER = new TenantId("other");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 16 << 20;

    private final IdentityAssertions identities;
    private final Environment environment;
    private final WebTestClient http = TestClients.reading(WebTestClient.bindToServer())
            .responseTimeout(PATIENCE)
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
            .build();

    CacheApi(IdentityAssertions identities, Environment environment) {
        this.identities = identities;
        this.environment = environment;
    }

    static Caller application(TenantId tenant) {
        return new Caller.Operator(tenant);
    }

    static Caller session(TenantId tenant, UUID account) {
        return new Caller.Account(tenant, account, UUID.randomUUID(), Set.of());
    }

    /** A caller and its requests. */
    Calls as(Caller caller) {
        return new Calls(caller);
    }

    /** A request that bypasses the gateway, without an identity. */
    Calls unsigned() {
        return new Calls(null);
    }

    WebTestClient.ResponseSpec health(String group) {
        var port = environment.getRequiredProperty("local.management.port");
        return http.get()
                .uri("http://localhost:" + port + "/actuator/health/" + group)
                .exchange();
    }

    final class Calls {

        private final @Nullable Caller caller;

        private Calls(@Nullable Caller caller) {
            this.caller = caller;
        }

        /** @param path the part after {@code /api/v1/cache/}, already encoded */
        WebTestClient.RequestBodySpec send(HttpMethod method, String path) {
            var port = environment.getRequiredProperty("local.server.port");
            var request = http.method(method).uri(URI.create("http://localhost:" + port + "/api/v1/cache/" + path));
            return caller == null ? request : request.header(Headers.IDENTITY, identities.sign(caller));
        }

        WebTestClient.ResponseSpec put(String path, String body) {
            return send(HttpMethod.PUT, path).bodyValue(body).exchange();
        }

        WebTestClient.ResponseSpec post(String path, String json) {
            return sendJson(HttpMethod.POST, path, json);
        }

        WebTestClient.ResponseSpec patch(String path, String json) {
            return sendJson(HttpMethod.PATCH, path, json);
        }

        private WebTestClient.ResponseSpec sendJson(HttpMethod method, String path, String json) {
            return send(method, path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(json)
                    .exchange();
        }

        WebTestClient.ResponseSpec get(String path) {
            return send(HttpMethod.GET, path).exchange();
        }

        WebTestClient.ResponseSpec delete(String path) {
            return send(HttpMethod.DELETE, path).exchange();
        }
    }
}
