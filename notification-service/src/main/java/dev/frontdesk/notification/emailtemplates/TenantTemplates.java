package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Where a tenant's own words for a kind of mail are found. */
@FunctionalInterface
interface TenantTemplates {

    /** By language; empty where the tenant has none. */
    Mono<Map<String, EmailTemplate>> of(TenantId tenant, String kind);
}
