package dev.frontdesk.gateway.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class OpenStreamsTest {

    private static final UUID ACCOUNT = UUID.randomUUID();

    private final OpenStreams streams = new OpenStreams();
    private final Caller.Account one = session();
    private final Caller.Account other = session();

    private static Caller.Account session() {
        return new Caller.Account(new TenantId("acme"), ACCOUNT, UUID.randomUUID(), Set.of("member"));
    }

    /** Whether a stream ends at once that opens now. */
    private boolean isEnded(Caller.Account caller, long identified) {
        var ended = streams.ended(caller, identified).toFuture();
        boolean done = ended.isDone();
        ended.cancel(false);
        return done;
    }

    @Test
    void endsAStreamThatOpensAfterItsSessionWasEnded() {
        long identified = System.nanoTime();
        streams.endSessionsOf(ACCOUNT, one.sessionId());

        assertThat(isEnded(one, identified)).isFalse();
        assertThat(isEnded(other, identified)).isTrue();
        assertThat(isEnded(other, System.nanoTime())).isFalse();
    }

    @Test
    void forgetsNoEarlierEndOfASessionThatALaterOneKeeps() {
        long first = System.nanoTime();
        streams.endSessionsOf(ACCOUNT, null);
        long second = System.nanoTime();
        streams.endSessionsOf(ACCOUNT, one.sessionId());
        streams.endSessionsOf(ACCOUNT, one.sessionId());

        assertThat(isEnded(one, first)).isTrue();
        assertThat(isEnded(one, second)).isFalse();
        assertThat(isEnded(other, second)).isTrue();
    }

    /** As after an upload of many minutes: whether its caller was revoked at its beginning is not known any more. */
    @Test
    void endsSoonAStreamWhoseCallerWasIdentifiedLongAgo() {
        long longAgo = System.nanoTime() - Duration.ofMinutes(12).toNanos();
        long missed = System.nanoTime();
        streams.endAllSoon();

        for (long identified : new long[] {longAgo, missed}) {
            StepVerifier.withVirtualTime(() -> streams.ended(one, identified))
                    .thenAwait(Duration.ofSeconds(30))
                    .verifyComplete();
        }
        assertGoesOn(one, System.nanoTime());
        assertGoesOn(new Caller.Anonymous(new TenantId("acme")), missed);
    }

    private void assertGoesOn(Caller caller, long identified) {
        StepVerifier.withVirtualTime(() -> streams.ended(caller, identified))
                .expectSubscription()
                .expectNoEvent(Duration.ofHours(1))
                .thenCancel()
                .verify();
    }

    @Test
    void endsEachOfTwoSessionsThatWereKeptInTurn() {
        long identified = System.nanoTime();
        streams.endSessionsOf(ACCOUNT, one.sessionId());
        streams.endSessionsOf(ACCOUNT, other.sessionId());

        assertThat(isEnded(one, identified)).isTrue();
        assertThat(isEnded(other, identified)).isTrue();
    }
}
