package dev.frontdesk.gateway.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTenantsTest {

    private static final TenantId ACME = new TenantId("acme");

    private final KnownTenants tenants = new KnownTenants(new OpenStreams());

    @Test
    void doesNotSayThatATenantIsMissingBeforeAllAreKnown() {
        assertThat(refusal(ACME)).isEqualTo(ProblemType.UNAVAILABLE);
        assertThatCode(() -> tenants.check(TenantId.DEFAULT)).doesNotThrowAnyException();

        tenants.add(acme(1, TenantRecord.ACTIVE));
        assertThatCode(() -> tenants.check(ACME)).doesNotThrowAnyException();

        tenants.areComplete();
        assertThat(refusal(new TenantId("other"))).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void keepsTheHighestVersionInWhateverOrderTheyArrive() {
        tenants.areComplete();
        tenants.add(acme(2, TenantRecord.SUSPENDED));
        tenants.add(acme(1, TenantRecord.ACTIVE));
        assertThat(refusal(ACME)).isEqualTo(ProblemType.TENANT_SUSPENDED);

        tenants.add(acme(3, TenantRecord.ACTIVE));
        tenants.add(acme(2, TenantRecord.SUSPENDED));
        assertThatCode(() -> tenants.check(ACME)).doesNotThrowAnyException();

        tenants.add(acme(4, TenantRecord.DELETED));
        tenants.add(acme(3, TenantRecord.ACTIVE));
        assertThat(refusal(ACME)).isEqualTo(ProblemType.NOT_FOUND);
    }

    private static TenantRecord acme(long version, String status) {
        return new TenantRecord("acme", version, status, "standard", Quotas.NONE, List.of());
    }

    private ProblemType refusal(TenantId tenant) {
        return catchThrowableOfType(ProblemException.class, () -> tenants.check(tenant))
                .type();
    }
}
