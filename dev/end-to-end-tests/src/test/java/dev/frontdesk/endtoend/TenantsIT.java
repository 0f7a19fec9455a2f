package dev.frontdesk.endtoend;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import org.junit.jupiter.api.Test;

/** What an operator's changes of a tenant mean for its users. */
@WithStack
class TenantsIT {

    private static final String ME = "/api/v1/users/me";

    private final LocalStack stack;
    private final Gateway gateway;

    TenantsIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
    }

    @Test
    void refusesTenantsThatNobodyCreated() {
        gateway.get(ME, "X-Tenant-Id", "not-created").expectProblem(ProblemType.NOT_FOUND);
        gateway.get(ME, "X-Tenant-Id", "not-created", "X-API-Key", stack.operatorKey())
                .expectProblem(ProblemType.NOT_FOUND);
    }

    @Test
    void keepsEverythingOfASuspendedTenantUntilItIsResumed() {
        var tenant = Tenant.created(stack);
        var ada = Person.withAccount(stack, tenant.id());
        var session = ada.logsIn();
        session.get(ME).expect(200);

        tenant.suspend();
        session.get(ME).expectProblem(ProblemType.TENANT_SUSPENDED);
        ada.triesToLogIn().expectProblem(ProblemType.TENANT_SUSPENDED);

        tenant.resume();
        session.get(ME).expect(200);
        ada.triesToLogIn().expect(201);
    }

    @Test
    void deletesATenant() {
        var tenant = Tenant.created(stack);
        var ada = Person.withAccount(stack, tenant.id());
        var session = ada.logsIn();
        session.get(ME).expect(200);

        tenant.delete();

        session.get(ME).expectProblem(ProblemType.NOT_FOUND);
        ada.triesToLogIn().expectProblem(ProblemType.NOT_FOUND);
    }
}
