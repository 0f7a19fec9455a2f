package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.apikeys.Scope;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the permission table: who may call an endpoint.
 *
 * @param scope what an API key needs; null if the endpoint is not for keys, or for everyone
 */
public record Permission(Audience audience, @Nullable Scope scope) {

    static Permission of(Endpoint endpoint) {
        return new Permission(endpoint.audience(), endpoint.scope());
    }

    /** Without a scope. */
    public static Permission of(Audience audience) {
        return new Permission(audience, null);
    }

    boolean admits(Caller caller) {
        return includes(caller) && allows(caller.apiKey());
    }

    private boolean includes(Caller caller) {
        return switch (audience) {
            case EVERYONE -> !(caller instanceof Caller.Service);
            case ACCOUNTS -> caller instanceof Caller.Account;
            case ACCOUNTS_AND_OPERATORS ->
                caller instanceof Caller.Account
                        || caller instanceof Caller.Operator
                        || caller instanceof Caller.ApiKey;
            case ADMINISTRATORS -> Administrators.include(caller);
            case OPERATORS -> Operators.include(caller);
            case OPERATOR_KEY -> caller instanceof Caller.Operator;
            case SERVICES -> caller instanceof Caller.Service;
        };
    }

    /** Whether the key, if there is one, does not forbid the call. */
    boolean allows(Caller.@Nullable ApiKey key) {
        return key == null
                || audience == Audience.EVERYONE
                || scope != null && key.scopes().allow(scope);
    }
}
