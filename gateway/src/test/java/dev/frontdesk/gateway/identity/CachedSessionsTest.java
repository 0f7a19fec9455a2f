package dev.frontdesk.gateway.identity;

import static dev.frontdesk.gateway.identity.SessionFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class CachedSessionsTest {

    private static final Runnable NOTHING = () -> {};

    private final MutableClock clock = MutableClock.at("2026-11-21T09:00:00Z");
    private final IdentityCacheProperties properties =
            new IdentityCacheProperties(Duration.ofSeconds(30), Duration.ofSeconds(2), 1000, Duration.ofSeconds(2));
    private final Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    private final CacheInvalidations cacheInvalidations = new CacheInvalidations(properties, ticker, 2);
    private final List<String> asked = new ArrayList<>();
    private Mono<OpenSession> answer = Mono.just(SessionFixture.in("default"));
    private final CachedSessions sessions = new CachedSessions(
            (token, _) -> {
                asked.add(token);
                return answer;
            },
            properties,
            cacheInvalidations,
            clock,
            ticker);

    @Test
    void asksOnceInThirtySeconds() {
        find();
        clock.advance(Duration.ofSeconds(29));
        find();
        assertThat(asked).hasSize(1);

        clock.advance(Duration.ofSeconds(2));
        find();
        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersARefusalForTwoSeconds() {
        answer = Mono.empty();
        find();
        clock.advance(Duration.ofSeconds(1));
        find();
        assertThat(asked).hasSize(1);

        answer = Mono.just(SessionFixture.in("default"));
        clock.advance(Duration.ofMillis(1100));
        assertThat(find()).isNotNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersNoSessionBeyondItsEnd() {
        answer = Mono.just(SessionFixture.endingAt(clock.instant().plusSeconds(5)));
        find();
        clock.advance(Duration.ofSeconds(4));
        find();
        assertThat(asked).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        find();
        assertThat(asked).hasSize(2);
    }

    @Test
    void cachesNoEndedSession() {
        answer = Mono.just(SessionFixture.endingAt(Instant.EPOCH));
        find();
        find();

        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersNoError() {
        answer = Mono.error(new IllegalStateException("away"));
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyErrorMessage("away");

        answer = Mono.just(SessionFixture.in("default"));
        assertThat(find()).isNotNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksOnceForAllThatComeAtOnce() {
        var pending = Sinks.<OpenSession>one();
        answer = pending.asMono();

        StepVerifier.create(Flux.range(0, 100).flatMap(_ -> sessions.find(TOKEN, NOTHING), 100))
                .then(() -> assertThat(asked).hasSize(1))
                .then(() -> pending.tryEmitValue(SessionFixture.in("default")))
                .expectNextCount(100)
                .verifyComplete();
        assertThat(asked).hasSize(1);
    }

    @Test
    void answersWaitingCallersWhenTheFirstOneDisconnects() {
        var pending = Sinks.<OpenSession>one();
        answer = pending.asMono();

        var first = sessions.find(TOKEN, NOTHING).subscribe();
        StepVerifier.create(sessions.find(TOKEN, NOTHING))
                .then(first::dispose)
                .then(() -> pending.tryEmitValue(SessionFixture.in("default")))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(asked).hasSize(1);
    }

    @Test
    void looksUpEveryTokenOfAnInvalidatedSessionAgain() {
        var session = SessionFixture.in("default");
        answer = Mono.just(session);
        find();
        sessions.find(TOKEN + "x", NOTHING).block();

        sessions.forget(session.caller().sessionId());
        answer = Mono.empty();

        assertThat(find()).isNull();
        assertThat(sessions.find(TOKEN + "x", NOTHING).block()).isNull();
        assertThat(asked).hasSize(4);
    }

    @Test
    void keepsWhatItKnowsOfOtherSessions() {
        find();
        sessions.forget(UUID.randomUUID());

        assertThat(find()).isNotNull();
        assertThat(asked).hasSize(1);
    }

    @Test
    void repeatsALookUpIfTheSessionWasInvalidatedDuringIt() {
        var session = SessionFixture.in("default");
        var pending = Sinks.<OpenSession>one();
        answer = pending.asMono();

        StepVerifier.create(Flux.range(0, 10).flatMap(_ -> sessions.find(TOKEN, NOTHING), 10))
                .then(() -> sessions.forget(session.caller().sessionId()))
                .then(() -> answer = Mono.empty())
                .then(() -> pending.tryEmitValue(session))
                .verifyComplete();

        assertThat(asked).hasSize(2);
        assertThat(find()).isNull();
    }

    @Test
    void looksUpEverythingAgainWhenMessagesMayBeLost() {
        find();
        answer = Mono.empty();
        sessions.find(TOKEN + "x", NOTHING).block();

        cacheInvalidations.recallAll();

        assertThat(find()).isNull();
        assertThat(sessions.find(TOKEN + "x", NOTHING).block()).isNull();
        assertThat(asked).hasSize(4);
    }

    @Test
    void ratherForgetsEverythingThanOneRecallOfTooMany() {
        var session = SessionFixture.in("default");
        answer = Mono.just(session);
        find();
        sessions.forget(session.caller().sessionId());
        answer = Mono.empty();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            sessions.forget(UUID.randomUUID());
            assertThat(cacheInvalidations.areVoid(0)).isTrue();
        });
        assertThat(find()).isNull();
    }

    @Test
    void countsFromTheStartOfTheLookUp() {
        var pending = Sinks.<OpenSession>one();
        answer = pending.asMono();
        StepVerifier.create(sessions.find(TOKEN, NOTHING))
                .then(() -> clock.advance(Duration.ofSeconds(20)))
                .then(() -> pending.tryEmitValue(SessionFixture.in("default")))
                .expectNextCount(1)
                .verifyComplete();

        clock.advance(Duration.ofSeconds(9));
        find();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        find();
        assertThat(asked).hasSize(2);
    }

    @Test
    void tellsTokensApart() {
        find();
        sessions.find(TOKEN + "x", NOTHING).block();

        assertThat(asked).containsExactly(TOKEN, TOKEN + "x");
    }

    private @Nullable OpenSession find() {
        return sessions.find(TOKEN, NOTHING).block();
    }

    @Test
    void callsBeforeALookUpOnly() {
        var lookUps = new ArrayList<String>();
        sessions.find(TOKEN, () -> lookUps.add("first")).block();
        sessions.find(TOKEN, () -> lookUps.add("second")).block();
        assertThat(lookUps).containsExactly("first");

        assertThatThrownBy(() -> sessions.find(TOKEN + "x", () -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(asked).containsExactly(TOKEN);
    }
}
