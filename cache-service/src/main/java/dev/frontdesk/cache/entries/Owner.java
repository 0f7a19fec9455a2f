package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.UUID;

/** The owner of the entries of a request. Owners never see each other's entries. */
public sealed interface Owner {

    TenantId tenant();

    /** The application itself: its servers share these entries. */
    record Application(TenantId tenant) implements Owner {}

    /** One account: its sessions share these entries. */
    record Account(TenantId tenant, UUID id) implements Owner {}

    /** The owner that the caller acts for, never one that the caller names. */
    public static Owner of(Caller caller) {
        return switch (caller) {
            case Caller.Operator operator -> new Application(operator.tenant());
            case Caller.ApiKey key -> new Application(key.tenant());
            case Caller.Account account -> new Account(account.tenant(), account.accountId());
            case Caller.Anonymous _, Caller.Service _ -> throw ProblemException.unauthenticated();
        };
    }
}
