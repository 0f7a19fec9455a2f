package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.UUID;

/** Whose entries a call is about. No two owners ever see an entry of each other. */
sealed interface Owner {

    TenantId tenant();

    /** The application itself: what its servers share. */
    record Application(TenantId tenant) implements Owner {}

    /** One account: what its own sessions share. */
    record Account(TenantId tenant, UUID id) implements Owner {}

    /** The owner that a caller acts for, never one that the caller names. */
    static Owner of(Caller caller) {
        return switch (caller) {
            case Caller.Operator operator -> new Application(operator.tenant());
            case Caller.Account account -> new Account(account.tenant(), account.accountId());
            case Caller.Anonymous _, Caller.Service _ -> throw ProblemException.unauthenticated();
        };
    }
}
