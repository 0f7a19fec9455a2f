package dev.frontdesk.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Duration STALE = Duration.ofSeconds(15);
    private static final Optional<Map<String, Object>> UP = Optional.of(Map.of("connected_clients", 7L));
    private static final Optional<ServiceHealth> FINE = health("healthy", "up", "up");

    @Test
    void isHealthyWhenEverybodyIs() {
        assertThat(look(UP, FINE, FINE, FINE).status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void isDegradedWhenSomethingIsAway() {
        assertThat(look(Optional.empty(), FINE, FINE, FINE).status()).isEqualTo(Status.DEGRADED);
        assertThat(look(UP, FINE, FINE, Optional.empty()).status()).isEqualTo(Status.DEGRADED);
        assertThat(look(UP, health("degraded", "down", "up"), FINE, FINE).status())
                .isEqualTo(Status.DEGRADED);
        assertThat(look(UP, health("degraded", "up", "down"), FINE, FINE).status())
                .isEqualTo(Status.DEGRADED);
    }

    @Test
    void isUnhealthyWhenNobodyCanSignUpOrLogIn() {
        assertThat(look(UP, Optional.empty(), FINE, FINE).status()).isEqualTo(Status.UNHEALTHY);
        assertThat(look(UP, FINE, Optional.empty(), FINE).status()).isEqualTo(Status.UNHEALTHY);
        assertThat(look(UP, health("degraded", "down", "down"), FINE, FINE).status())
                .isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void saysThatNobodyWasAskedForLong() {
        var look = look(UP, FINE, FINE, FINE);

        assertThat(look.page("1", NOW.plus(STALE), STALE))
                .returns(false, Page::stale)
                .returns(Status.HEALTHY, Page::status);
        assertThat(look.page("1", NOW.plus(STALE).plusMillis(1), STALE))
                .returns(true, Page::stale)
                .returns(Status.UNHEALTHY, Page::status)
                .returns(NOW, Page::checkedAt);
        assertThat(Look.NONE.page("1", NOW, STALE)).returns(true, Page::stale).returns(Status.UNHEALTHY, Page::status);
    }

    @Test
    void saysOfEachPartInTheSameWordsHowItIs() {
        var page = look(Optional.empty(), health("degraded", "down", "up"), FINE, Optional.empty())
                .page("1", NOW, STALE);

        assertThat(page.redis().status()).isEqualTo(Status.UNHEALTHY);
        assertThat(page.services().get("registration-service"))
                .returns("degraded", Page.Service::status)
                .returns(Map.of("redis", Status.UNHEALTHY, "postgres", Status.HEALTHY), Page.Service::parts);
        assertThat(page.services().get("cache-service")).returns("unhealthy", Page.Service::status);
    }

    @Test
    void saysOfRedisAloneWhatIsWrongAndNothingThatIsLongAgo() {
        var look = look(UP, FINE, FINE, FINE);

        assertThat(look.page("1", NOW, STALE).redisAlone())
                .isEqualTo(new Page.RedisAlone(Status.HEALTHY, "connected", null, 7L, null, null));
        assertThat(look(Optional.empty(), FINE, FINE, FINE)
                        .page("1", NOW, STALE)
                        .redisAlone())
                .isEqualTo(new Page.RedisAlone(
                        Status.UNHEALTHY, "disconnected", "Redis does not answer", null, null, null));
        assertThat(look.page("1", NOW.plus(STALE).plusMillis(1), STALE).redisAlone())
                .isEqualTo(new Page.RedisAlone(
                        Status.UNHEALTHY, "disconnected", "Redis was not asked for a while", null, null, null));
    }

    private static Look look(
            Optional<Map<String, Object>> redis,
            Optional<ServiceHealth> registration,
            Optional<ServiceHealth> session,
            Optional<ServiceHealth> cache) {
        var services = new HashMap<String, Optional<ServiceHealth>>();
        services.put(Look.REGISTRATION, registration);
        services.put(Look.SESSION, session);
        services.put("cache-service", cache);
        return new Look(NOW, redis, services);
    }

    private static Optional<ServiceHealth> health(String status, String redis, String postgres) {
        return Optional.of(new ServiceHealth(
                status,
                "1",
                Map.of("redis", Map.<String, Object>of("status", redis), "postgres", Map.of("status", postgres))));
    }
}
