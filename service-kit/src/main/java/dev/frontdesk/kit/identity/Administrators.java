package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;

/**
 * Callers who may manage an application's part of the suite, such as its queues and templates: accounts with this role,
 * in their own tenant, and {@link Operators}. An administrator is not an operator: administrators do not manage
 * accounts or what all tenants share. An API key acts as an administrator where the permission table allows its scopes.
 */
public final class Administrators {

    /** The role as it appears in an account's roles. */
    public static final String ROLE = "administrator";

    private Administrators() {}

    public static boolean include(Caller caller) {
        return Operators.include(caller)
                || caller instanceof Caller.Account account && account.roles().contains(ROLE);
    }

    /**
     * @return the tenant in which the caller works as an administrator
     * @throws ProblemException 401 for an anonymous caller, 403 for any other caller who is not an administrator
     */
    public static TenantId tenantOf(Caller caller) {
        if (include(caller)) {
            return caller.tenant();
        }
        throw caller instanceof Caller.Anonymous
                ? ProblemException.unauthenticated()
                : new ProblemException(ProblemType.FORBIDDEN, "This endpoint is for administrators.");
    }
}
