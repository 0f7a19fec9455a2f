package dev.frontdesk.registration.apikeys;

import dev.frontdesk.contracts.tenants.Quotas;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clients see of a key.
 *
 * @param status active, expired or revoked
 * @param previousKeyUntil when the key before the last rotation ends, or has ended
 * @param createdBy account, operator or api-key
 * @param createdById of the account or the key
 * @param lastUsedAt to the minute
 */
record ApiKeyAnswer(
        UUID id,
        String name,
        List<String> scopes,
        Quotas limits,
        String status,
        @Nullable Instant expiresAt,
        @Nullable Instant previousKeyUntil,
        String createdBy,
        @Nullable UUID createdById,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    static ApiKeyAnswer of(ApiKey key, Instant now) {
        return new ApiKeyAnswer(
                key.id(),
                key.name(),
                key.scopes().texts(),
                key.limits(),
                key.isRevoked() ? "revoked" : key.isExpired(now) ? "expired" : "active",
                key.expiresAt(),
                key.previousUntil(),
                key.createdBy().kind(),
                key.createdBy().id(),
                key.createdAt(),
                key.updatedAt(),
                key.lastUsedAt(),
                key.revokedAt());
    }
}
