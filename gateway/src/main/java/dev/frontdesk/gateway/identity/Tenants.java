package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tenants that exist. Without a list, callers can name any tenant, and limits per tenant, such as the mails to one
 * address, do not hold across tenants: a public installation should have a list.
 *
 * @param tenants their names; any tenant is allowed by default
 */
@ConfigurationProperties("frontdesk.gateway")
record Tenants(@DefaultValue Set<String> tenants) {

    Tenants {
        for (String tenant : tenants) {
            if (!TenantId.isValid(tenant)) {
                throw new IllegalArgumentException("frontdesk.gateway.tenants: not a valid tenant name: " + tenant);
            }
        }
        tenants = Set.copyOf(new TreeSet<>(tenants));
    }

    void check(TenantId tenant) {
        if (!tenants.isEmpty() && !tenants.contains(tenant.value())) {
            throw new ProblemException(ProblemType.NOT_FOUND, "Tenant not found.");
        }
    }
}
