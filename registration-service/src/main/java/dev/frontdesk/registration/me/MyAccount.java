package dev.frontdesk.registration.me;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.accounts.AccountAnswer;
import java.util.List;

/**
 * The account of who calls, and what the call may do.
 *
 * @param roles in alphabetical order; those of the session, which are the account's, because a change of roles ends it
 */
record MyAccount(@JsonUnwrapped AccountAnswer account, String tenant, List<String> roles) {

    static MyAccount of(AccountAnswer account, Caller.Account caller) {
        return new MyAccount(
                account,
                caller.tenant().value(),
                caller.roles().stream().sorted().toList());
    }
}
