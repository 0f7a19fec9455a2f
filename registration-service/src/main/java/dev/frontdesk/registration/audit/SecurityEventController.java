package dev.frontdesk.registration.audit;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.kit.web.TimeRange;
import dev.frontdesk.registration.audit.SecurityEvents.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/admin/security-events}: the audit trail of the operator's tenant. */
@RestController
final class SecurityEventController {

    private final SecurityEvents events;

    SecurityEventController(SecurityEvents events) {
        this.events = events;
    }

    /** @param nextCursor missing on the last page */
    record Found(
            List<SecurityEvent> securityEvents, @Nullable String nextCursor) {}

    @Takes(query = {"account_id", "kind", "from", "to", "limit", "cursor"})
    @GetMapping("/api/v1/admin/security-events")
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Operators.tenantOf(caller);
        var fields = new FieldReader();
        var filter = new Filter(
                fields.uuid("account_id", parameters.getFirst("account_id")).orElse(null),
                fields.optional("kind", parameters.getFirst("kind"), SecurityEventKinds::read)
                        .orElse(null),
                TimeRange.read(fields, parameters.getFirst("from"), parameters.getFirst("to")));
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return events.find(tenant, filter, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new Found(page.items(), page.nextCursor())));
    }
}
