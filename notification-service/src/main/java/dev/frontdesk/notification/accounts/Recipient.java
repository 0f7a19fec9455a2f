package dev.frontdesk.notification.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as a mail needs it.
 *
 * @param email null until an event has told it
 * @param locale BCP 47
 */
public record Recipient(
        UUID id,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String locale,
        boolean disabled,
        boolean deleted) {}
