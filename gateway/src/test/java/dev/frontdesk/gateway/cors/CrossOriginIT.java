package dev.frontdesk.gateway.cors;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(properties = "frontdesk.gateway.browsers.allowed-origins=https://own.example")
class CrossOriginIT extends RunningGateway {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PATH = "/api/v1/cache/names/a";

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private JsonMapper json;

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 13);
    private final String origin = "https://" + id + ".example";

    @BeforeEach
    void aTenantAllowsAnOrigin() {
        // Sent again until it arrives: the gateway may not be subscribed yet.
        await().atMost(SOON).untilAsserted(() -> {
            tell(1, List.of(origin));
            call(id, null).expectStatus().isOk();
        });
    }

    @Test
    void answersAPreflightWithoutALimitOrAService() {
        var response = preflight(origin);

        response.expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", origin)
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Credentials")
                .expectHeader()
                .doesNotExist("RateLimit")
                .expectHeader()
                .valueEquals("Access-Control-Max-Age", "600");
        var headers = response.returnResult(Void.class).getResponseHeaders();
        assertThat(headers.getFirst("Access-Control-Allow-Methods")).contains("PUT");
        assertThat(headers.getFirst("Access-Control-Allow-Headers")).contains("Authorization", "X-API-Key");
        assertThat(headers.get("Vary")).contains("Origin");
        assertThat(cache.seen()).hasSize(1);
    }

    @Test
    void allowsNothingToAnotherOrigin() {
        for (String other : List.of("https://evil.example", "null", "*", origin + ".evil.example", origin + ":8443")) {
            preflight(other).expectStatus().isNoContent().expectHeader().doesNotExist("Access-Control-Allow-Origin");
            call(id, other).expectHeader().doesNotExist("Access-Control-Allow-Origin");
        }
    }

    @Test
    void showsAResponseToThePagesOfItsTenantAlone() {
        call(id, origin)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", origin)
                .expectHeader()
                .exists("Access-Control-Expose-Headers");
        call("acme", origin).expectStatus().isOk().expectHeader().doesNotExist("Access-Control-Allow-Origin");
    }

    @Test
    void showsARefusalToo() {
        client().get()
                .uri(PATH)
                .header("Authorization", "Bearer nonsense")
                .header(HttpHeaders.ORIGIN, origin)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", origin);
    }

    @Test
    void allowsCookiesToTheInstallationsOwnPagesAlone() {
        preflight("https://own.example")
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", "https://own.example")
                .expectHeader()
                .valueEquals("Access-Control-Allow-Credentials", "true");
    }

    @Test
    void noticesAtOnceThatAnOriginIsNoLongerAllowed() {
        tell(2, List.of());

        await().atMost(SOON)
                .untilAsserted(() -> preflight(origin).expectHeader().doesNotExist("Access-Control-Allow-Origin"));
        call(id, origin).expectHeader().doesNotExist("Access-Control-Allow-Origin");
    }

    @Test
    void refusesTrace() {
        client().method(HttpMethod.TRACE)
                .uri(PATH)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .exists(HttpHeaders.ALLOW);
        assertThat(cache.seen()).hasSize(1);
    }

    private ResponseSpec preflight(String from) {
        return client().options()
                .uri(PATH)
                .header(HttpHeaders.ORIGIN, from)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "PUT")
                .exchange();
    }

    private ResponseSpec call(String tenant, @Nullable String from) {
        return client().get()
                .uri(PATH)
                .headers(headers -> {
                    headers.set("X-Tenant-Id", tenant);
                    if (from != null) {
                        headers.set(HttpHeaders.ORIGIN, from);
                    }
                })
                .exchange();
    }

    private void tell(long version, List<String> origins) {
        var tenant = new TenantRecord(id, version, TenantRecord.ACTIVE, "standard", Quotas.NONE, origins);
        verifyEnded(redis.convertAndSend(TenantKeys.changes(keys), json.writeValueAsString(tenant))
                        .then())
                .verifyComplete();
    }
}
