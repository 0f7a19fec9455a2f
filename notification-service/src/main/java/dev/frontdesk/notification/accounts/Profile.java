package dev.frontdesk.notification.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event says of an account; null where it says nothing.
 *
 * @param asOf when it became so. What another event told of a later time stays; at {@link #ONCE} only what is missing is
 *     filled in
 */
record Profile(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String locale,
        @Nullable Instant createdAt,
        Instant asOf) {

    /** For what an event says by the way, without the time from which it is so. */
    static final Instant ONCE = Instant.EPOCH;
}
