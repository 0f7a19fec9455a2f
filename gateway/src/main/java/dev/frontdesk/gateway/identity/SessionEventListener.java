package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.identity.AccountSignal;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignals;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Receives events about sessions: immediately over Redis, and revocations also durably over Kafka. Either may arrive
 * twice or later than the other.
 */
final class SessionEventListener implements SessionSignals.Listener {

    private final Revocations revocations;
    private final CacheInvalidations cacheInvalidations;
    private final OpenStreams streams;

    SessionEventListener(Revocations revocations, CacheInvalidations cacheInvalidations, OpenStreams streams) {
        this.revocations = revocations;
        this.cacheInvalidations = cacheInvalidations;
        this.streams = streams;
    }

    @Override
    public void heard(SessionSignal signal) {
        switch (signal.kind()) {
            case REVOKED -> revoked(signal.sessionId());
            case ROTATED -> cacheInvalidations.recall(signal.sessionId());
        }
    }

    @Override
    public void heard(AccountSignal signal) {
        revocations.add(signal);
        streams.endSessionsOf(signal.accountId(), signal.kept());
    }

    private void revoked(UUID session) {
        revocations.add(session);
        streams.endSession(session);
    }

    /** Any cached session may have been revoked or renewed in the meantime. */
    @Override
    public void mayHaveMissed() {
        cacheInvalidations.recallAll();
        streams.endAllSoon();
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof SessionRevoked revocation) {
                revoked(revocation.sessionId());
            }
        });
    }
}
