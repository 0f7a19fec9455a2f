package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;

/**
 * Who may run an application's part of the suite, such as its queues and templates: an account with the role, in its own
 * tenant, and {@link Operators}. An administrator is no operator: accounts, and what all tenants share, are not theirs.
 */
public final class Administrators {

    /** Among the roles of an account. */
    public static final String ROLE = "administrator";

    private Administrators() {}

    public static boolean include(Caller caller) {
        return Operators.include(caller)
                || caller instanceof Caller.Account account && account.roles().contains(ROLE);
    }

    /**
     * @return the tenant in which the caller works as an administrator
     * @throws ProblemException 401 for somebody unknown, 403 for anybody else who is none
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
