package dev.frontdesk.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class HealthTest {

    private static final HealthPart REDIS = part("redis", Mono.just(Map.of("connected_clients", 3)));
    private static final HealthPart KAFKA = part("kafka", Mono.just(Map.of()));

    @Test
    void isHealthyWithAllItsParts() {
        assertThat(health(REDIS, KAFKA).now().block())
                .isEqualTo(new ServiceHealth(
                        "healthy",
                        "1",
                        Map.of(
                                "redis", Map.of("status", "up", "connected_clients", 3),
                                "kafka", Map.of("status", "up"))));
    }

    @Test
    void isDegradedWithoutOne() {
        assertThat(health(REDIS, part("kafka", Mono.error(new IllegalStateException("secret"))))
                        .now()
                        .block())
                .returns("degraded", ServiceHealth::status)
                .satisfies(now -> assertThat(now.parts().get("kafka")).isEqualTo(Map.of("status", "down")))
                .satisfies(now -> assertThat(now.isUp("redis")).isTrue());
    }

    @Test
    void doesNotWaitForAFrozenPartAndDoesNotAskItTwice() {
        var looks = new AtomicInteger();
        var frozen = part("redis", Mono.<Map<String, Object>>never().doOnSubscribe(_ -> looks.incrementAndGet()));

        StepVerifier.withVirtualTime(() -> {
                    var health = health(frozen, KAFKA);
                    return health.now()
                            .concatWith(Mono.delay(Duration.ofSeconds(5)).then(health.now()));
                })
                .thenAwait(Duration.ofMillis(2500))
                .assertNext(now -> assertThat(now.isUp("redis")).isFalse())
                .thenAwait(Duration.ofMillis(7500))
                .assertNext(now -> assertThat(now.isUp("redis")).isFalse())
                .verifyComplete();
        assertThat(looks).hasValue(1);
    }

    @Test
    void letsAPartTakeItsOwnTime() {
        var slow = part("kafka", Mono.delay(Duration.ofSeconds(2)).thenReturn(Map.of()));

        StepVerifier.withVirtualTime(() -> health(REDIS, slow).now())
                .thenAwait(Duration.ofSeconds(2))
                .assertNext(now -> assertThat(now.isUp("kafka")).isTrue())
                .verifyComplete();
    }

    @Test
    void looksOnceForManyWhoAsk() {
        var looks = new AtomicInteger();
        var health = health(part("redis", Mono.fromSupplier(() -> {
            looks.incrementAndGet();
            return Map.of();
        })));

        for (int i = 0; i < 10; i++) {
            assertThat(health.now().block()).returns("healthy", ServiceHealth::status);
        }

        assertThat(looks).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "1023,1023B", "1024,1.00K", "1310720,1.25M", "3221225472,3.00G"})
    void writesMemoryAsRedisDoes(long bytes, String written) {
        assertThat(RedisHealth.human(bytes)).isEqualTo(written);
    }

    private static Health health(HealthPart... parts) {
        return new Health("1", List.of(parts));
    }

    private static HealthPart part(String name, Mono<Map<String, Object>> look) {
        return new HealthPart() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Mono<Map<String, Object>> look() {
                return look;
            }
        };
    }
}
