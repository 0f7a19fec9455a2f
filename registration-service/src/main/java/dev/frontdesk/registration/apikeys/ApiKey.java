package dev.frontdesk.registration.apikeys;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.events.ApiKeyEvent;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.registration.audit.Actor;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored.
 *
 * @param previousHash of the secret before the last rotation; null if there is none
 * @param version counts the changes, from 1; a use is no change
 * @param lastUsedAt to the minute
 */
record ApiKey(
        UUID id,
        String tenant,
        String name,
        Scopes scopes,
        Quotas limits,
        @Nullable Instant expiresAt,
        String secretHash,
        @Nullable String previousHash,
        @Nullable Instant previousUntil,
        Actor createdBy,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    static ApiKey read(Readable row) {
        return new ApiKey(
                required(row, "id", UUID.class),
                required(row, "tenant", String.class),
                required(row, "name", String.class),
                Scopes.known(List.of(required(row, "scopes", String[].class))),
                new Quotas(
                        row.get("per_minute", Long.class),
                        row.get("per_hour", Long.class),
                        row.get("per_day", Long.class)),
                row.get("expires_at", Instant.class),
                required(row, "secret_hash", String.class),
                row.get("previous_hash", String.class),
                row.get("previous_until", Instant.class),
                new Actor(required(row, "created_by", String.class), row.get("created_by_id", UUID.class)),
                required(row, "version", Long.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                row.get("last_used_at", Instant.class),
                row.get("revoked_at", Instant.class));
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** What gateways need to know of it. */
    ApiKeyRecord forGateways() {
        return new ApiKeyRecord(
                id,
                tenant,
                name,
                scopes.texts(),
                limits,
                expiresAt,
                version,
                isRevoked(),
                secretHash,
                previousHash,
                previousUntil);
    }

    static ApiKeyEvent.Actor by(Actor actor) {
        return new ApiKeyEvent.Actor(actor.kind(), actor.id());
    }

    @Override
    public String toString() {
        return "ApiKey[" + id + ", version " + version + "]";
    }
}
