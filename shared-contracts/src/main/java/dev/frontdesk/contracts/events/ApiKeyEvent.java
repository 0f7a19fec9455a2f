package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events about API keys; published by registration-service. They tell that a key has changed and not how: what a gateway
 * needs to know of it includes hashes, which no topic has. Of two events of a key, the one with the higher version is the
 * later one.
 */
public sealed interface ApiKeyEvent extends Event {

    UUID keyId();

    /** Counts the key's changes, from 1. */
    long version();

    @Override
    default String aggregateId() {
        return keyId().toString();
    }

    /**
     * Who did it.
     *
     * @param kind {@code account}, {@code operator} or {@code api-key}
     * @param id of the account or the key; null for the holder of the operator key
     */
    record Actor(String kind, @Nullable UUID id) {}

    record ApiKeyCreated(String tenant, UUID keyId, long version, Actor by, Instant createdAt) implements ApiKeyEvent {}

    /** Its name, scopes, limits or expiry changed. */
    record ApiKeyChanged(String tenant, UUID keyId, long version, Actor by, Instant changedAt) implements ApiKeyEvent {}

    /** It has a new secret. The one before is refused from {@code previousUntil}, which may be the same moment. */
    record ApiKeyRotated(String tenant, UUID keyId, long version, Actor by, Instant previousUntil, Instant rotatedAt)
            implements ApiKeyEvent {}

    /** It is refused for ever. */
    record ApiKeyRevoked(String tenant, UUID keyId, long version, Actor by, Instant revokedAt) implements ApiKeyEvent {}
}
