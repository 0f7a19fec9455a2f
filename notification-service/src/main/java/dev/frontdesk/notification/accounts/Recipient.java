package dev.frontdesk.notification.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account with the fields that a mail needs.
 *
 * @param email null until an event contains it
 * @param locale BCP 47
 */
public record Recipient(
        UUID id,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String locale,
        boolean disabled,
        boolean deleted) {}
