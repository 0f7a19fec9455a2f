package dev.frontdesk.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthSnapshotTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Duration STALE = Duration.ofSeconds(15);
    private static final Optional<Map<String, Object>> UP = Optional.of(Map.of("connected_clients", 7L));
    private static final Optional<ServiceHealth> FINE = health("healthy", "up", "up");

    @Test
    void isHealthyWhenAllServicesAre() {
        assertThat(look(UP, FINE, FINE, FINE).status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void isDegradedWhenADependencyIsDown() {
        assertThat(look(Optional.empty(), FINE, FINE, FINE).status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(look(UP, FINE, FINE, Optional.empty()).status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(look(UP, health("degraded", "down", "up"), FINE, FINE).status())
                .isEqualTo(HealthStatus.DEGRADED);
        assertThat(look(UP, health("degraded", "up", "down"), FINE, FINE).status())
                .isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void isDegradedWhileTheRoutesAreNotKnown() {
        var well = look(UP, FINE, FINE, FINE);
        var unknown = new HealthSnapshot(NOW, UP, well.services(), Map.of("routes", false, "signing-keys", true));

        assertThat(unknown.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(unknown.page("1", NOW, STALE).documents())
                .isEqualTo(Map.of("routes", HealthStatus.UNHEALTHY, "signing-keys", HealthStatus.HEALTHY));
    }

    @Test
    void isUnhealthyWhenSignUpOrLoginIsImpossible() {
        assertThat(look(UP, Optional.empty(), FINE, FINE).status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(look(UP, FINE, Optional.empty(), FINE).status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(look(UP, health("degraded", "down", "down"), FINE, FINE).status())
                .isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void reportsAStaleCheck() {
        var healthSnapshot = look(UP, FINE, FINE, FINE);

        assertThat(healthSnapshot.page("1", NOW.plus(STALE), STALE))
                .returns(false, HealthPage::stale)
                .returns(HealthStatus.HEALTHY, HealthPage::status);
        assertThat(healthSnapshot.page("1", NOW.plus(STALE).plusMillis(1), STALE))
                .returns(true, HealthPage::stale)
                .returns(HealthStatus.UNHEALTHY, HealthPage::status)
                .returns(NOW, HealthPage::checkedAt);
        assertThat(HealthSnapshot.NONE.page("1", NOW, STALE))
                .returns(true, HealthPage::stale)
                .returns(HealthStatus.UNHEALTHY, HealthPage::status);
    }

    @Test
    void reportsEachPartWithTheSameStatuses() {
        var page = look(Optional.empty(), health("degraded", "down", "up"), FINE, Optional.empty())
                .page("1", NOW, STALE);

        assertThat(page.redis().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(page.services().get("registration-service"))
                .returns("degraded", HealthPage.Service::status)
                .returns(
                        Map.of("redis", HealthStatus.UNHEALTHY, "postgres", HealthStatus.HEALTHY),
                        HealthPage.Service::parts);
        assertThat(page.services().get("cache-service")).returns("unhealthy", HealthPage.Service::status);
    }

    @Test
    void reportsErrorsOfRedisAloneAndNoOldResults() {
        var healthSnapshot = look(UP, FINE, FINE, FINE);

        assertThat(healthSnapshot.page("1", NOW, STALE).redisAlone())
                .isEqualTo(new HealthPage.RedisAlone(HealthStatus.HEALTHY, "connected", null, 7L, null, null));
        assertThat(look(Optional.empty(), FINE, FINE, FINE)
                        .page("1", NOW, STALE)
                        .redisAlone())
                .isEqualTo(new HealthPage.RedisAlone(
                        HealthStatus.UNHEALTHY, "disconnected", "Redis does not answer", null, null, null));
        assertThat(healthSnapshot
                        .page("1", NOW.plus(STALE).plusMillis(1), STALE)
                        .redisAlone())
                .isEqualTo(new HealthPage.RedisAlone(
                        HealthStatus.UNHEALTHY,
                        "disconnected",
                        "The last check of Redis is too old",
                        null,
                        null,
                        null));
    }

    private static HealthSnapshot look(
            Optional<Map<String, Object>> redis,
            Optional<ServiceHealth> registration,
            Optional<ServiceHealth> session,
            Optional<ServiceHealth> cache) {
        var services = new HashMap<String, Optional<ServiceHealth>>();
        services.put(HealthSnapshot.REGISTRATION, registration);
        services.put(HealthSnapshot.SESSION, session);
        services.put("cache-service", cache);
        return new HealthSnapshot(NOW, redis, services, Map.of("routes", true));
    }

    private static Optional<ServiceHealth> health(String status, String redis, String postgres) {
        return Optional.of(new ServiceHealth(
                status,
                "1",
                Map.of("redis", Map.<String, Object>of("status", redis), "postgres", Map.of("status", postgres))));
    }
}
