package dev.frontdesk.registration.administration;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as shown to operators, in lists and by itself.
 *
 * @param status active or disabled
 */
record AccountSummary(
        UUID id,
        String email,
        String firstName,
        String lastName,
        String locale,
        List<String> roles,
        String status,
        Instant createdAt,
        @Nullable Instant disabledAt) {}
