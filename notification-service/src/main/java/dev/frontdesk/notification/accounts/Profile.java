package dev.frontdesk.notification.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event says about an account; null for fields that it does not contain.
 *
 * @param asOf time since which it is true. Facts of a later time are not overwritten; with {@link #ONCE}, only missing
 *     fields are filled in
 */
record Profile(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String locale,
        @Nullable Instant createdAt,
        Instant asOf) {

    /** For facts in an event that does not say since which time they are true. */
    static final Instant ONCE = Instant.EPOCH;
}
