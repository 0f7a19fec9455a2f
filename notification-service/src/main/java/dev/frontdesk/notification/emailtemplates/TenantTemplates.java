package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Finds a tenant's own templates for a kind of mail. */
@FunctionalInterface
interface TenantTemplates {

    /** Templates by language; an empty map if the tenant has none. */
    Mono<Map<String, EmailTemplate>> of(TenantId tenant, String kind);
}
