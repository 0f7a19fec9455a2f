package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;

/**
 * Callers who may do an operator's work: the holder of the operator key, and accounts with this role, in their own
 * tenant. An API key acts as an operator of its tenant where the permission table allows its scopes, which only operators
 * can give it.
 */
public final class Operators {

    /** The role as it appears in an account's roles. */
    public static final String ROLE = "operator";

    private Operators() {}

    public static boolean include(Caller caller) {
        return caller instanceof Caller.Operator
                || caller instanceof Caller.ApiKey
                || caller instanceof Caller.Account account && account.roles().contains(ROLE);
    }

    /**
     * @return the tenant in which the caller works as an operator
     * @throws ProblemException 401 for an anonymous caller, 403 for any other caller who is not an operator
     */
    public static TenantId tenantOf(Caller caller) {
        if (include(caller)) {
            return caller.tenant();
        }
        throw caller instanceof Caller.Anonymous
                ? ProblemException.unauthenticated()
                : new ProblemException(ProblemType.FORBIDDEN, "This endpoint is for operators.");
    }
}
