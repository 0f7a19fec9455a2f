package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Collections;
import java.util.Set;

/**
 * Who may use a route. A session that an application shows together with its API key needs the permission of both, as at
 * Frontdesk's own endpoints.
 *
 * @param anonymous all callers, with or without credentials
 * @param accounts every account
 * @param roles accounts with one of these roles
 * @param apiKeys API keys that have all of the scopes
 */
record RouteAccess(boolean anonymous, boolean accounts, Set<String> roles, boolean apiKeys, Scopes scopes) {

    /** @throws ProblemException 401 or 403 */
    void check(Caller caller) {
        if (!anonymous && !allows(caller)) {
            throw caller instanceof Caller.Anonymous ? ProblemException.unauthenticated() : forbidden();
        }
    }

    private boolean allows(Caller caller) {
        return switch (caller) {
            case Caller.Account account ->
                (accounts || !Collections.disjoint(roles, account.roles()))
                        && (account.key() == null || allowsKey(account.key()));
            case Caller.ApiKey key -> allowsKey(key);
            case Caller.Anonymous _, Caller.Operator _, Caller.Service _ -> false;
        };
    }

    private boolean allowsKey(Caller.ApiKey key) {
        return apiKeys && key.scopes().includeAll(scopes);
    }

    private static ProblemException forbidden() {
        return new ProblemException(ProblemType.FORBIDDEN, "The route is not open to this caller.");
    }
}
