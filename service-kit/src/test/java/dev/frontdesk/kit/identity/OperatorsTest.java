package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private static final TenantId ACME = new TenantId("acme");

    @Test
    void areTheOperatorKeyAndAccountsWithTheRole() {
        assertThat(Operators.tenantOf(new Caller.Operator(ACME))).isEqualTo(ACME);
        assertThat(Operators.tenantOf(account("editor", "operator"))).isEqualTo(ACME);
    }

    @Test
    void areNoOtherCallers() {
        assertThat(refusal(new Caller.Anonymous(ACME))).isEqualTo(ProblemType.UNAUTHENTICATED);
        assertThat(refusal(account())).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refusal(account("Operator", "operators", "admin", "administrator")))
                .isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refusal(new Caller.Service(ACME, "operator"))).isEqualTo(ProblemType.FORBIDDEN);
    }

    private static Caller account(String... roles) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of(roles));
    }

    private static ProblemType refusal(Caller caller) {
        var refused = assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Operators.tenantOf(caller));
        return refused.actual().type();
    }
}
