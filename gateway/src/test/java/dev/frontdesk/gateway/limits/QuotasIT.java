package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.servers.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Windows of accounts and of their tenants. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.limits.account.per-minute=5",
            "frontdesk.gateway.limits.account.per-hour=6",
            "frontdesk.gateway.limits.account.per-day=100",
            "frontdesk.gateway.limits.address.mode=shadow",
            "frontdesk.gateway.limits.address.per-minute=1",
            "frontdesk.gateway.limits.answer-within=5s",
        })
@WithServers({REDIS_CLUSTER, KAFKA})
class QuotasIT extends RunningGateway {

    private static final String SMALL_TENANT = "small";

    @Autowired
    private MeterRegistry meters;

    @TestConfiguration
    static class Tenants {

        @Bean
        TenantQuotas quotas() {
            return tenant -> tenant.value().equals(SMALL_TENANT) ? new Quotas(3L, 1000L, null) : Quotas.NONE;
        }
    }

    @Test
    void tellsAnAccountWhatIsLeftOfItsMinuteHourAndDay() {
        String token = sessions.open("acme");
        with(token);

        with(token)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("RateLimit-Policy", ".*\"minute\";q=5;w=60, \"hour\";q=6;w=3600, \"day\";q=100;w=86400")
                .expectHeader()
                .valueMatches("RateLimit", ".*\"minute\";r=3;t=\\d+, \"hour\";r=4;t=\\d+, \"day\";r=98;t=\\d+")
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Minute", "5")
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Hour", "6")
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Day", "100")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Minute", "3")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Hour", "4")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Day", "98");
    }

    @Test
    void namesTheWindowThatRefusesAndHowLongToWait() {
        String token = sessions.open("acme");
        for (int i = 0; i < 5; i++) {
            with(token).expectStatus().isOk();
        }

        // The second time it is remembered.
        for (int i = 0; i < 2; i++) {
            with(token)
                    .expectStatus()
                    .isEqualTo(429)
                    .expectHeader()
                    .value(
                            "Retry-After",
                            wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 62))
                    .expectHeader()
                    .valueEquals("X-RateLimit-Remaining-Minute", "0")
                    .expectHeader()
                    .valueEquals("X-RateLimit-Remaining-Hour", "1")
                    .expectBody()
                    .jsonPath("$.error")
                    .isEqualTo("rate_limit_exceeded")
                    .jsonPath("$.reason")
                    .isEqualTo("per_minute")
                    .jsonPath("$.limit")
                    .isEqualTo(5)
                    .jsonPath("$.current")
                    .isEqualTo(5)
                    .jsonPath("$.retry_after")
                    .isNumber();
        }
    }

    @Test
    void tellsAnAccountNothingOfItsTenantsUse() {
        String one = sessions.open(SMALL_TENANT);
        String other = sessions.open(SMALL_TENANT);
        with(one).expectHeader().valueEquals("X-RateLimit-Remaining-Minute", "4");
        with(one).expectStatus().isOk();
        with(other).expectHeader().valueEquals("X-RateLimit-Remaining-Minute", "4");

        with(other)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Minute", "5")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Minute", "4")
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("per_minute")
                .jsonPath("$.limit")
                .doesNotExist()
                .jsonPath("$.current")
                .doesNotExist();
    }

    @Test
    void refusesNothingInShadowModeButCountsIt() {
        for (int i = 0; i < 5; i++) {
            client().get()
                    .uri("/api/v1/cache/names/a")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(meters.get("frontdesk.gateway.limits.refused")
                        .tags("subject", "address", "bound", "minute", "mode", "shadow")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(4);
    }

    private ResponseSpec with(String token) {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}
