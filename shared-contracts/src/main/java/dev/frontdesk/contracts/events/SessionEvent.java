package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Events about sessions; published by session-service. Keyed by account, so the events of one account stay in order.
 */
public sealed interface SessionEvent extends Event {

    UUID accountId();

    UUID sessionId();

    @Override
    default String aggregateId() {
        return accountId().toString();
    }

    /**
     * A user logged in.
     *
     * @param deviceId the same at each login with the same device secret
     * @param knownDevice whether this device has logged in to this account before
     * @param otherSessions how many other sessions of the account were open at that moment
     * @param locale BCP 47 language tag of the account
     */
    record SessionOpened(
            String tenant,
            UUID accountId,
            UUID sessionId,
            UUID deviceId,
            boolean knownDevice,
            String userAgent,
            int otherSessions,
            String locale,
            Instant openedAt)
            implements SessionEvent {}

    /** The session was ended early; its token must be refused and its sockets closed. */
    record SessionRevoked(String tenant, UUID accountId, UUID sessionId, Instant revokedAt) implements SessionEvent {}
}
