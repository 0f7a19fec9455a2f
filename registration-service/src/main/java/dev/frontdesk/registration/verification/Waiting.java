package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A pending registration with what has become of it so far.
 *
 * @param codeAttempts wrong guesses at its code
 * @param attempts wrong guesses at all its codes
 */
record Waiting(
        PendingRegistration registration, Instant requestedAt, Instant expiresAt, int codeAttempts, int attempts) {

    static Waiting read(TenantId tenant, Map<String, String> fields) {
        return new Waiting(
                PendingRegistration.read(tenant, fields),
                time(fields, "requested_at"),
                time(fields, "expires_at"),
                Integer.parseInt(fields.getOrDefault("code_attempts", "0")),
                Integer.parseInt(fields.getOrDefault("attempts", "0")));
    }

    private static Instant time(Map<String, String> fields, String name) {
        return Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault(name, "0")));
    }
}
