package dev.frontdesk.contracts.introspection;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a token (RFC 7662, section 2.2). Every field except {@code active} is absent for a token that is unknown,
 * expired or revoked. {@code tenant}, {@code sid} and {@code roles} are our own members.
 *
 * @param tokenType {@code Bearer}
 * @param sub the account
 * @param sid the session
 * @param iat seconds since the epoch when the session was opened
 * @param exp seconds since the epoch when the session, or the grace period of a replaced token, ends
 * @param credentialsVersion the version of the account's credentials that the session counts as opened with
 */
public record Introspection(
        boolean active,
        @Nullable String tokenType,
        @Nullable String tenant,
        @Nullable UUID sub,
        @Nullable UUID sid,
        @Nullable Set<String> roles,
        @Nullable Long iat,
        @Nullable Long exp,
        @Nullable Long credentialsVersion) {

    public static final Introspection INACTIVE =
            new Introspection(false, null, null, null, null, null, null, null, null);
}
