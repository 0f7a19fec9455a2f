package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.tenants.KnownTenants;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.UuidText;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds subjects by the kind and id that a path names. */
final class NamedSubjects {

    private final Subjects subjects;
    private final SubjectLimits limits;
    private final KnownTenants tenants;

    NamedSubjects(Subjects subjects, SubjectLimits limits, KnownTenants tenants) {
        this.subjects = subjects;
        this.limits = limits;
        this.tenants = tenants;
    }

    /**
     * With a policy and the cost 0. Fails with 404 for an unknown kind, a malformed id, an unknown API key and an unknown
     * tenant.
     *
     * @param tenant whose accounts and API keys are meant
     */
    Mono<Limited> find(String kind, String id, TenantId tenant) {
        return Mono.defer(() -> switch (kind) {
                    case "addresses" -> address(id);
                    case "accounts" -> Mono.just(subjects.ofAccount(tenant, uuidIn(id)));
                    case "api-keys" -> limits.apiKey(tenant, uuidIn(id));
                    case "tenants" -> tenant(id);
                    default -> Mono.empty();
                })
                .switchIfEmpty(Mono.error(NamedSubjects::notFound));
    }

    private Mono<Limited> address(String id) {
        return Mono.justOrEmpty(ClientAddresses.rangeOf(id).map(subjects::ofAddress));
    }

    private Mono<Limited> tenant(String id) {
        return TenantId.isValid(id) && tenants.exists(new TenantId(id))
                ? Mono.just(subjects.ofTenant(new TenantId(id)))
                : Mono.empty();
    }

    private static UUID uuidIn(String id) {
        try {
            return UuidText.read(id);
        } catch (IllegalArgumentException malformed) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Subject not found.");
    }
}
