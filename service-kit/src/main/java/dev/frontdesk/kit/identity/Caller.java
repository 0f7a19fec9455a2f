package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller, as signed by the gateway (or, for {@link Service}, by another service). A handler declares the kind of
 * caller that it accepts as a parameter; any other kind is refused before the handler runs.
 */
public sealed interface Caller {

    TenantId tenant();

    /** A caller without a proven identity; the tenant is the one that the call names. */
    record Anonymous(TenantId tenant) implements Caller {}

    /**
     * An account with an open session.
     *
     * @param key what the application showed together with the session; the account may then do only what the key allows
     *     too. Null for a session alone
     */
    record Account(
            TenantId tenant,
            UUID accountId,
            UUID sessionId,
            Set<String> roles,
            @Nullable ApiKey key) implements Caller {

        public Account {
            if (key != null && !key.tenant().equals(tenant)) {
                throw new IllegalArgumentException("The key is of another tenant");
            }
        }

        /** A session alone. */
        public Account(TenantId tenant, UUID accountId, UUID sessionId, Set<String> roles) {
            this(tenant, accountId, sessionId, roles, null);
        }
    }

    /** An application of a tenant, with a valid key. The permission table limits it to its scopes. */
    record ApiKey(TenantId tenant, UUID id, Scopes scopes) implements Caller {}

    /** The key of the application that makes the call, alone or for a user; null if it shows none. */
    default @Nullable ApiKey apiKey() {
        return switch (this) {
            case ApiKey key -> key;
            case Account account -> account.key();
            case Anonymous _, Operator _, Service _ -> null;
        };
    }

    /** The holder of the operator key, acting in the tenant that the call names. */
    record Operator(TenantId tenant) implements Caller {}

    /** Another service of the suite; the only kind that may call {@code /internal}. */
    record Service(TenantId tenant, String name) implements Caller {}
}
