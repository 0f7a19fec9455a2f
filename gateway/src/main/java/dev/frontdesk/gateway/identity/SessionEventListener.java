package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.identity.AccountSignal;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignals;
import reactor.core.publisher.Mono;

/**
 * Takes in what is heard of sessions: at once over Redis, and of revocations again, durably, over Kafka. Each may come
 * twice, or later than the other.
 */
final class SessionEventListener implements SessionSignals.Listener {

    private final Revocations revocations;
    private final CacheInvalidations cacheInvalidations;

    SessionEventListener(Revocations revocations, CacheInvalidations cacheInvalidations) {
        this.revocations = revocations;
        this.cacheInvalidations = cacheInvalidations;
    }

    @Override
    public void heard(SessionSignal signal) {
        switch (signal.kind()) {
            case REVOKED -> revocations.add(signal.sessionId());
            case ROTATED -> cacheInvalidations.recall(signal.sessionId());
        }
    }

    @Override
    public void heard(AccountSignal signal) {
        revocations.add(signal);
    }

    /** Whatever is remembered may be of a session that was revoked or renewed meanwhile. */
    @Override
    public void mayHaveMissed() {
        cacheInvalidations.recallAll();
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof SessionRevoked revocation) {
                revocations.add(revocation.sessionId());
            }
        });
    }
}
