package dev.frontdesk.gateway.introspection;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.identity.ActiveToken;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a token stands for (RFC 7662, section 2.2); {@code tenant}, {@code session_id} and {@code roles} are our own members.
 *
 * @param sub the account of a session, or the API key
 * @param clientId the API key; null for a session
 * @param scope of an API key, separated by spaces; null for a session
 * @param exp seconds since 1970; null if it never expires
 * @param sessionId null for an API key
 * @param roles of the account, sorted; null for an API key
 */
record TokenState(
        boolean active,
        @Nullable String tokenType,
        @Nullable UUID sub,
        @Nullable UUID clientId,
        @Nullable String scope,
        @Nullable Long exp,
        @Nullable String tenant,
        @Nullable UUID sessionId,
        @Nullable List<String> roles) {

    /** The same for every token that is not active for the caller, so that it learns nothing about it. */
    static final TokenState INACTIVE = new TokenState(false, null, null, null, null, null, null, null, null);

    private static final String BEARER = "Bearer";

    static TokenState of(ActiveToken token) {
        Long exp = token.endsAt() == null ? null : token.endsAt().getEpochSecond();
        return switch (token.caller()) {
            case Caller.Account(TenantId tenant, UUID account, UUID session, var roles, var _) ->
                new TokenState(
                        true,
                        BEARER,
                        account,
                        null,
                        null,
                        exp,
                        tenant.value(),
                        session,
                        roles.stream().sorted().toList());
            case Caller.ApiKey(TenantId tenant, UUID id, var scopes) ->
                new TokenState(true, BEARER, id, id, String.join(" ", scopes.texts()), exp, tenant.value(), null, null);
            case Caller.Anonymous _, Caller.Operator _, Caller.Service _ -> INACTIVE;
        };
    }
}
