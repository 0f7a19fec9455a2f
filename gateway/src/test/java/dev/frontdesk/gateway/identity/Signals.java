package dev.frontdesk.gateway.identity;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignal.Kind;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.http.TestClients;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** The messages that session-service's scripts publish over Redis. */
final class Signals {

    /** Shorter than a look-up is cached. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;

    Signals(ReactiveStringRedisTemplate redis, KeySpace keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Waits until this many gateways receive it. */
    void tell(long listeners, SessionSignal signal) {
        verifyEnded(redis.convertAndSend(SessionSignal.channel(keys), signal.message())
                        .repeat()
                        .takeUntil(heard -> heard >= listeners)
                        .then())
                .verifyComplete();
    }

    /**
     * Waits until these gateways have subscribed. They subscribe in parallel to their first requests and then clear
     * their caches, so a test can count look-ups only from here on. Redis counts a subscriber before that subscriber is
     * ready, so the gateway itself is checked.
     */
    void awaitHearing(SessionBackend sessions, Integer... gateways) {
        String token = sessions.open("default");
        for (int gateway : gateways) {
            assertThat(statusWith(token, gateway)).isEqualTo(200);
        }
        var signal = new SessionSignal(Kind.ROTATED, sessions.session(token).sessionId());
        sessions.end(token);
        tell(gateways.length, signal);
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    for (int gateway : gateways) {
                        assertThat(statusWith(token, gateway)).isEqualTo(401);
                    }
                });
        sessions.reset();
    }

    int statusWith(String token, int gateway) {
        return TestClients.at(gateway)
                .responseTimeout(SOON)
                .build()
                .get()
                .uri("/api/v1/cache/names/a")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }
}
