package dev.frontdesk.registration.me;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.accounts.AccountAnswer;
import java.util.List;

/**
 * The caller's account, and what the request may do.
 *
 * @param roles in alphabetical order; the roles of the session, which equal those of the account because a change of
 *     roles ends the session
 */
record MyAccount(@JsonUnwrapped AccountAnswer account, String tenant, List<String> roles) {

    static MyAccount of(AccountAnswer account, Caller.Account caller) {
        return new MyAccount(
                account,
                caller.tenant().value(),
                caller.roles().stream().sorted().toList());
    }
}
