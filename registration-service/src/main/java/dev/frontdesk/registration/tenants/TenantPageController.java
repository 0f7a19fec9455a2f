package dev.frontdesk.registration.tenants;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Takes;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /internal/tenants}: all tenants, for the gateways. */
@RestController
final class TenantPageController {

    private final Tenants tenants;

    TenantPageController(Tenants tenants) {
        this.tenants = tenants;
    }

    @Takes(query = TenantPage.AFTER)
    @GetMapping(TenantPage.PATH)
    Mono<TenantPage> list(@RequestParam MultiValueMap<String, String> parameters) {
        var fields = new FieldReader();
        var after = fields.optional(TenantPage.AFTER, parameters.getFirst(TenantPage.AFTER), TenantId::new);
        fields.check();
        return tenants.records(after.map(TenantId::value).orElse(null));
    }
}
