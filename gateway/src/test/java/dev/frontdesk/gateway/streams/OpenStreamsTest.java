package dev.frontdesk.gateway.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.time.Duration;
import java.util.List;
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
    private boolean isEnded(Caller caller, long identified) {
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

    /** Of an account that came with an API key. */
    @Test
    void endsAStreamOfItsKeyOrItsTenant() {
        var tenant = new TenantId("acme");
        var key = new Caller.ApiKey(tenant, UUID.randomUUID(), new Scopes(List.of()));
        var both = new Caller.Account(tenant, ACCOUNT, UUID.randomUUID(), Set.of("member"), key);
        long identified = System.nanoTime();
        streams.endThoseOfKey(key.id());

        assertThat(isEnded(key, identified)).isTrue();
        assertThat(isEnded(both, identified)).isTrue();
        assertThat(isEnded(one, identified)).isFalse();

        streams.endThoseOfTenant(tenant);

        assertThat(isEnded(one, identified)).isTrue();
        assertThat(isEnded(new Caller.Anonymous(tenant), identified)).isTrue();
        assertThat(isEnded(new Caller.Anonymous(new TenantId("other")), identified))
                .isFalse();
    }

    @Test
    void forgetsAStreamThatHasEnded() {
        var cancelled = streams.ended(one, System.nanoTime()).subscribe();
        assertThat(streams.size()).isEqualTo(3);
        cancelled.dispose();
        assertThat(streams.size()).isZero();

        long identified = System.nanoTime();
        streams.endSession(one.sessionId());
        streams.ended(one, identified).block();
        assertThat(streams.size()).isZero();
    }
}
