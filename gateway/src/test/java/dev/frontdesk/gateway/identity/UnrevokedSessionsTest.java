package dev.frontdesk.gateway.identity;

import static dev.frontdesk.gateway.identity.SessionFixture.TOKEN;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.identity.AccountSignal;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class UnrevokedSessionsTest {

    private static final Runnable NOTHING = () -> {};

    private final MutableClock clock = MutableClock.at("2026-11-21T09:00:00Z");
    private final IdentityCacheProperties properties =
            new IdentityCacheProperties(Duration.ofSeconds(30), Duration.ofSeconds(2), 1000, Duration.ofSeconds(2));
    private final Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    private final Revocations revocations =
            new Revocations(properties, ticker, new CacheInvalidations(properties, ticker));
    private final OpenSession session = SessionFixture.in("default");
    private final UnrevokedSessions sessions = new UnrevokedSessions((_, _) -> Mono.just(session), revocations);

    @Test
    void ignoresARevokedSession() {
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).expectNext(session).verifyComplete();

        hearRevocationOf(session.caller().sessionId());

        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyComplete();
    }

    @Test
    void leavesTheAccountsOtherSessionsOpen() {
        hearRevocationOf(UUID.randomUUID());

        StepVerifier.create(sessions.find(TOKEN, NOTHING)).expectNext(session).verifyComplete();
    }

    @Test
    void ignoresASessionThatIsRevokedDuringItsLookUp() {
        var pending = Sinks.<OpenSession>one();
        var lookedUp = new UnrevokedSessions((_, _) -> pending.asMono(), revocations);

        StepVerifier.create(lookedUp.find(TOKEN, NOTHING))
                .then(() -> hearRevocationOf(session.caller().sessionId()))
                .then(() -> pending.tryEmitValue(session))
                .verifyComplete();
    }

    @Test
    void remembersARevocationForLongerThanAnyAnswerLives() {
        hearRevocationOf(session.caller().sessionId());
        clock.advance(Duration.ofSeconds(33));

        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyComplete();
    }

    @Test
    void ignoresSessionsWithOlderCredentials() {
        hear(4, null);

        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyComplete();
    }

    @Test
    void ignoresASessionOfADeletedAccount() {
        revocations.add(AccountSignal.gone(session.caller().accountId()));

        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyComplete();
    }

    @Test
    void keepsSessionsWithCurrentCredentialsAndTheOneOfTheChange() {
        hear(3, null);
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).expectNext(session).verifyComplete();

        hear(4, session.caller().sessionId());
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).expectNext(session).verifyComplete();

        hear(3, null);
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).expectNext(session).verifyComplete();

        hear(5, null);
        StepVerifier.create(sessions.find(TOKEN, NOTHING)).verifyComplete();
    }

    private void hear(long validFrom, @Nullable UUID kept) {
        revocations.add(new AccountSignal(session.caller().accountId(), validFrom, kept));
    }

    private void hearRevocationOf(UUID sessionId) {
        revocations.add(sessionId);
    }
}
