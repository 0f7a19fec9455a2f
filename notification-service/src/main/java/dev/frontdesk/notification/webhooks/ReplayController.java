package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Answer;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.TimeRange;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sends past events to an endpoint again, or a test event. */
@RestController
final class ReplayController {

    private final WebhookEndpoints endpoints;
    private final WebhookEvents events;
    private final Webhooks webhooks;
    private final Idempotency idempotency;
    private final Clock clock;

    ReplayController(
            WebhookEndpoints endpoints, WebhookEvents events, Webhooks webhooks, Idempotency idempotency, Clock clock) {
        this.endpoints = endpoints;
        this.events = events;
        this.webhooks = webhooks;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** @param onlyFailed null means true */
    record Request(
            @Nullable String eventId,
            @Nullable String from,
            @Nullable String to,
            @Nullable Boolean onlyFailed) {}

    record Begun(UUID id) {}

    record Sent(String id) {}

    /** Replays one event by its id, or the events of a time range: those without a successful attempt, or all. */
    @PostMapping(EndpointController.PATH + "/{id}/replay")
    Mono<ResponseEntity<String>> replay(
            @PathVariable UUID id, @RequestBody Request request, ServerWebExchange exchange, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var event = fields.optional("event_id", request.eventId(), ReplayController::readEvent);
        var range = TimeRange.read(fields, request.from(), request.to());
        if ((request.eventId() == null) == (request.from() == null)) {
            fields.refuse("event_id", "needs exactly one of event_id and from");
        }
        if (request.eventId() != null && (request.to() != null || request.onlyFailed() != null)) {
            fields.refuse("event_id", "must be sent alone");
        }
        if (request.to() == null && range.from() != null && !range.from().isBefore(now())) {
            fields.refuse("from", "must not be in the future");
        }
        fields.check();
        return idempotency.once(tenant, exchange, request, key -> {
            var replay = key.newId();
            var begun = event.isPresent()
                    ? one(tenant, id, replay, event.get())
                    : webhooks.again(
                            tenant,
                            new ReplayRange(
                                    id,
                                    replay,
                                    range.begin(),
                                    range.until(now()).end(),
                                    request.onlyFailed() == null || request.onlyFailed(),
                                    null,
                                    null));
            return enabled(tenant, id).then(begun).thenReturn(Answer.accepted(new Begun(replay)));
        });
    }

    /** Sends an event of type {@code webhook.test}, whatever types the endpoint receives. */
    @PostMapping(EndpointController.PATH + "/{id}/test")
    Mono<ResponseEntity<String>> test(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return idempotency.once(tenant, exchange, "", key -> {
            var event = new WebhookEvent(tenant, key.newId(), "webhook.test", now(), null, StorableJson.EMPTY_OBJECT);
            return enabled(tenant, id)
                    .then(webhooks.tellOnly(id, event))
                    .thenReturn(Answer.accepted(new Sent(WebhookEvent.publicId(event.id()))));
        });
    }

    private Mono<Void> enabled(TenantId tenant, UUID endpoint) {
        return endpoints
                .find(tenant, endpoint)
                .switchIfEmpty(Mono.error(EndpointController::notFound))
                .flatMap(found -> found.enabled()
                        ? Mono.empty()
                        : Mono.error(new ProblemException(ProblemType.CONFLICT, "The endpoint is disabled.")));
    }

    private Mono<Void> one(TenantId tenant, UUID endpoint, UUID replay, UUID event) {
        return events.find(tenant, event)
                .switchIfEmpty(
                        Mono.error(() -> ProblemException.invalid("event_id", "must be a stored event of this tenant")))
                .flatMap(found -> webhooks.again(tenant, endpoint, replay, List.of(found)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static UUID readEvent(String text) {
        try {
            return WebhookEvent.idIn(text);
        } catch (IllegalArgumentException notOne) {
            throw new IllegalArgumentException("must be evt_ followed by a UUID", notOne);
        }
    }
}
