package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.problem.ProblemException;

/** Who may do an operator's work: the holder of the operator key, and an account with the role, in its own tenant. */
public final class Operators {

    /** Among the roles of an account. */
    public static final String ROLE = "operator";

    private Operators() {}

    /**
     * @return the tenant in which the caller works as an operator
     * @throws ProblemException 401 for somebody unknown, 403 for anybody else who is no operator
     */
    public static TenantId tenantOf(Caller caller) {
        return switch (caller) {
            case Caller.Operator operator -> operator.tenant();
            case Caller.Account account when account.roles().contains(ROLE) -> account.tenant();
            case Caller.Anonymous _ -> throw ProblemException.unauthenticated();
            case Caller.Account _, Caller.Service _ ->
                throw new ProblemException(ProblemType.FORBIDDEN, "This endpoint is for operators.");
        };
    }
}
