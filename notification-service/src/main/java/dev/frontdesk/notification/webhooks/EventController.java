package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.idempotency.Answer;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.Takes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/webhooks/events}: publishes an application's own events to its endpoints, and lists the stored events.
 */
@RestController
@RequestMapping("/api/v1/webhooks/events")
final class EventController {

    /** A size that receivers commonly accept. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Webhooks webhooks;
    private final WebhookEvents events;
    private final Idempotency idempotency;
    private final Clock clock;

    EventController(Webhooks webhooks, WebhookEvents events, Idempotency idempotency, Clock clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    record Request(@Nullable String type, @Nullable StorableJson data) {}

    /** @param endpointCount how many endpoints receive it */
    record Told(String id, int endpointCount) {}

    record Line(String id, String type, Instant createdAt) {}

    /** @param nextCursor missing on the last page */
    record Found(List<Line> events, @Nullable String nextCursor) {}

    @PostMapping
    Mono<ResponseEntity<String>> tell(@RequestBody Request request, ServerWebExchange exchange, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var type = fields.required("type", request.type(), KindName::readOfApplication);
        var data = fields.required("data", request.data() == null ? null : "", _ -> request.data());
        fields.check();
        if (data.orElseThrow().size() > MOST_BYTES) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE, "The data of an event has at most " + MOST_BYTES / 1024 + " KB.");
        }
        return idempotency.once(tenant, exchange, request, key -> {
            var event = new WebhookEvent(
                    tenant,
                    key.newId(),
                    type.orElseThrow(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    null,
                    data.orElseThrow());
            return webhooks.tell(event)
                    .map(endpoints -> Answer.accepted(new Told(WebhookEvent.publicId(event.id()), endpoints)));
        });
    }

    @Takes(query = {"type", "limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var type = fields.optional("type", parameters.getFirst("type"), KindName::read);
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return events.page(tenant, type.orElse(null), limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new Found(
                                page.items().stream()
                                        .map(event -> new Line(
                                                WebhookEvent.publicId(event.id()), event.type(), event.createdAt()))
                                        .toList(),
                                page.nextCursor())));
    }
}
