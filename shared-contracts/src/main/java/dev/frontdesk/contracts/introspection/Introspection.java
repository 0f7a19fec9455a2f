package dev.frontdesk.contracts.introspection;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a token stands for (RFC 7662, section 2.2). Every field but {@code active} is absent for a token that is unknown,
 * expired or revoked.
 *
 * @param sub the account
 * @param sid the session
 * @param exp seconds since the epoch at which the session ends
 */
public record Introspection(
        boolean active,
        @Nullable String tenant,
        @Nullable UUID sub,
        @Nullable UUID sid,
        @Nullable Set<String> roles,
        @Nullable Long exp) {

    public static final Introspection INACTIVE = new Introspection(false, null, null, null, null, null);
}
