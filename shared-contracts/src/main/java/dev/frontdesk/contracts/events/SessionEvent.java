package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.UUID;

/** What happens to sessions; published by session-service. Keyed by account, so one account's events stay in order. */
public sealed interface SessionEvent extends Event {

    UUID accountId();

    UUID sessionId();

    @Override
    default String aggregateId() {
        return accountId().toString();
    }

    /**
     * Somebody logged in.
     *
     * @param deviceId the same at each login with the same device secret
     * @param knownDevice whether somebody has logged in to this account with that device before
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

    /** The session is over before its time; its token must be refused and its sockets closed. */
    record SessionRevoked(String tenant, UUID accountId, UUID sessionId, Instant revokedAt) implements SessionEvent {}
}
