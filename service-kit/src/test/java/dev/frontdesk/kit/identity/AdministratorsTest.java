package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdministratorsTest {

    private static final TenantId ACME = new TenantId("acme");

    @Test
    void areOperatorsAndAccountsWithTheRole() {
        assertThat(Administrators.tenantOf(new Caller.Operator(ACME))).isEqualTo(ACME);
        assertThat(Administrators.tenantOf(account("editor", "operator"))).isEqualTo(ACME);
        assertThat(Administrators.tenantOf(account("editor", "administrator"))).isEqualTo(ACME);
    }

    @Test
    void areNoOtherCallers() {
        assertThat(refusal(new Caller.Anonymous(ACME))).isEqualTo(ProblemType.UNAUTHENTICATED);
        assertThat(refusal(account())).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refusal(account("Administrator", "administrators", "admin", "operators")))
                .isEqualTo(ProblemType.FORBIDDEN);
        assertThat(refusal(new Caller.Service(ACME, "administrator"))).isEqualTo(ProblemType.FORBIDDEN);
    }

    private static Caller account(String... roles) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of(roles));
    }

    private static ProblemType refusal(Caller caller) {
        var refused =
                assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Administrators.tenantOf(caller));
        return refused.actual().type();
    }
}
