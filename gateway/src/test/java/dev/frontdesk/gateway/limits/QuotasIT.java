package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
            "frontdesk.gateway.limits.address.per-minute=5",
            "frontdesk.gateway.limits.routes.session.account.per-minute=2",
            "frontdesk.gateway.limits.routes.registration.address.per-minute=2",
            "frontdesk.gateway.limits.answer-within=5s",
        })
@WithServers({REDIS_CLUSTER, KAFKA})
class QuotasIT extends RunningGateway {

    private static final String SMALL_TENANT = "small";
    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private RequestLimiter limiter;

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
    void countsRequestsOfARouteByThemselvesToo() {
        String token = sessions.open("acme");
        at("/api/v1/sessions", token);
        at("/api/v1/sessions", token)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("RateLimit-Policy", ".*\"day\";q=100;w=86400, \"session-minute\";q=2;w=60")
                .expectHeader()
                .valueMatches("RateLimit", ".*\"session-minute\";r=0;t=\\d+")
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Minute", "2")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Minute", "0");

        at("/api/v1/sessions", token)
                .expectStatus()
                .isEqualTo(429)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("per_minute")
                .jsonPath("$.limit")
                .isEqualTo(2);
        with(token).expectStatus().isOk().expectHeader().valueEquals("X-RateLimit-Remaining-Minute", "2");
    }

    @Test
    void countsRequestsOfARouteWithoutACredentialInRedis() {
        for (int i = 0; i < 2; i++) {
            client().get().uri("/api/v1/users/a").exchange().expectStatus().isOk();
        }

        client().get()
                .uri("/api/v1/users/a")
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Minute", "0");
    }

    private ResponseSpec at(String path, String token) {
        return client().get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    @Test
    void letsASubjectBeResetAndRequestsBeRefunded() {
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String token = sessions.open(account);
        var policy = new Policy(0, 0, 5, 6, 100, 1, Policy.WithoutRedis.LOCAL, Policy.Mode.ENFORCE);
        var limited = Limited.of(Subject.account(account.tenant(), account.accountId()), policy, 1);
        for (int i = 0; i < 5; i++) {
            with(token).expectStatus().isOk();
        }
        with(token).expectStatus().isEqualTo(429);

        limiter.refund(limited.subject(), limited.policy(), 1, UUID.randomUUID())
                .block(LONG);
        with(token).expectStatus().isOk();
        with(token).expectStatus().isEqualTo(429);
        assertThat(requireNonNull(limiter.peek(List.of(limited)).block(LONG)).allowed())
                .isFalse();

        limiter.reset(limited.subject()).block(LONG);
        assertThat(requireNonNull(limiter.peek(List.of(limited)).block(LONG)).allowed())
                .isTrue();
        with(token).expectStatus().isOk().expectHeader().valueEquals("X-RateLimit-Remaining-Minute", "4");
    }

    @Test
    void refusesNothingInShadowModeButCountsIt() {
        for (int i = 0; i < 9; i++) {
            client().get()
                    .uri("/api/v1/cache/names/a")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(meters.get("frontdesk.gateway.limits.requests")
                        .tags("subject", "address", "bound", "minute", "outcome", "would-refuse")
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
