package dev.frontdesk.registration.audit;

import dev.frontdesk.kit.identity.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param kind anonymous, account, operator, api-key or service
 * @param id of the account or the key
 */
public record Actor(String kind, @Nullable UUID id) {

    /** For an account that came with a key, it is the account. */
    public static Actor of(@Nullable Caller caller) {
        return switch (caller) {
            case Caller.Account account -> new Actor("account", account.accountId());
            case Caller.Operator _ -> new Actor("operator", null);
            case Caller.ApiKey key -> new Actor("api-key", key.id());
            case Caller.Service _ -> new Actor("service", null);
            case Caller.Anonymous _ -> new Actor("anonymous", null);
            case null -> new Actor("service", null);
        };
    }
}
