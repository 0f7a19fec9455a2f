package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.Takes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows the requests to an endpoint and its responses. */
@RestController
@RequestMapping(EndpointController.PATH + "/{id}/attempts")
final class DeliveryLogController {

    private final DeliveryLog deliveryLog;
    private final WebhookEndpoints endpoints;

    DeliveryLogController(DeliveryLog deliveryLog, WebhookEndpoints endpoints) {
        this.deliveryLog = deliveryLog;
        this.endpoints = endpoints;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<DeliveryLog.Line> attempts, @Nullable String nextCursor) {}

    @Takes(query = {"event_id", "succeeded", "limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(
            @PathVariable UUID id, @RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var event = fields.optional("event_id", parameters.getFirst("event_id"), ReplayController::readEvent);
        var succeeded = fields.flag("succeeded", parameters.getFirst("succeeded"));
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        var filter = new DeliveryLog.Filter(event.orElse(null), succeeded.orElse(null));
        return endpoints
                .find(tenant, id)
                .switchIfEmpty(Mono.error(EndpointController::notFound))
                .then(deliveryLog.page(tenant, id, filter, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null)))
                .map(page -> notStored(new Found(page.items(), page.nextCursor())));
    }

    @GetMapping("/{attempt}")
    Mono<ResponseEntity<DeliveryLog.Detail>> show(@PathVariable UUID id, @PathVariable UUID attempt, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return deliveryLog
                .find(tenant, id, attempt)
                .switchIfEmpty(Mono.error(EndpointController::notFound))
                .map(DeliveryLogController::notStored);
    }

    private static <T> ResponseEntity<T> notStored(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
