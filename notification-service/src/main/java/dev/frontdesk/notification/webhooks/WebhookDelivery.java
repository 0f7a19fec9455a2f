package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.outbound.NoResponseException;
import dev.frontdesk.notification.outbound.OutboundClient;
import dev.frontdesk.notification.outbound.OutboundRequest;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
import dev.frontdesk.notification.webhooks.Deliveries.Disabled;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Runs one attempt: sends the request, logs the response, and updates the job and the endpoint accordingly. */
@Component
class WebhookDelivery {

    private static final Logger log = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final int ANSWER_BYTES = 4096;

    private final OutboundClient sender;
    private final EndpointBulkhead endpointBulkhead;
    private final SigningSecrets secrets;
    private final Deliveries deliveries;
    private final DeliveryLog deliveryLog;
    private final Webhooks webhooks;
    private final WebhookProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    WebhookDelivery(
            OutboundClient sender,
            EndpointBulkhead endpointBulkhead,
            SigningSecrets secrets,
            Deliveries deliveries,
            DeliveryLog deliveryLog,
            Webhooks webhooks,
            WebhookProperties properties,
            JsonMapper json,
            Clock clock) {
        this.sender = sender;
        this.endpointBulkhead = endpointBulkhead;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.deliveryLog = deliveryLog;
        this.webhooks = webhooks;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /** The data of a {@code webhook.endpoint-disabled} event. */
    record DisabledData(UUID endpointId, String reason, Instant disabledAt, Instant failingSince) {}

    /** @return the result of the job */
    Mono<String> attempt(Delivery delivery, Job job) {
        if (delivery.disabledFor() != null) {
            // The instance that disabled the endpoint may have crashed before it notified the other endpoints.
            return (delivery.told() ? Mono.<Void>empty() : tell(delivery))
                    .then(Mono.error(() -> new PermanentFailure("the endpoint is disabled")));
        }
        if (delivery.body() == null) {
            return Mono.error(new PermanentFailure("the event is no longer stored"));
        }
        return send(delivery, job, delivery.body()).flatMap(this::conclude);
    }

    private Mono<Attempt> send(Delivery delivery, Job job, String body) {
        var request = request(delivery, body);
        return endpointBulkhead.enter(delivery.endpointId(), Mono.defer(() -> send(delivery, job, request)));
    }

    private Mono<Attempt> send(Delivery delivery, Job job, OutboundRequest request) {
        Instant startedAt = clock.instant();
        long begun = System.nanoTime();
        Map<String, String> headers = request.headers(startedAt);
        return sender.send(request, headers)
                .map(answer -> Attempt.answered(delivery, headers, job, startedAt, since(begun), answer))
                .onErrorResume(
                        NoResponseException.class,
                        none -> Mono.just(Attempt.unanswered(
                                delivery, headers, job, startedAt, since(begun), String.valueOf(none.getMessage()))));
    }

    private OutboundRequest request(Delivery delivery, String body) {
        try {
            List<SigningSecret> signing = delivery.sealedSecrets().stream()
                    .map(secret -> secrets.open(secret, WebhookEndpoint.secretOwner(delivery.endpointId())))
                    .toList();
            return new OutboundRequest(
                    WebhookEvent.publicId(delivery.eventId()),
                    String.valueOf(delivery.type()),
                    new OutboundUrl(delivery.url()),
                    signing,
                    delivery.legacySignature(),
                    body,
                    properties.answerWithin(),
                    ANSWER_BYTES);
        } catch (IllegalArgumentException sealedOtherwise) {
            // An operator can fix that by changing the keys, so a retry may succeed.
            throw new RetryableFailure("the endpoint's secret can't be decrypted", sealedOtherwise);
        }
    }

    private Mono<String> conclude(Attempt attempt) {
        var delivery = attempt.delivery();
        if (attempt.succeeded()) {
            // A delivered event must not be sent again only because the log could not be written.
            return deliveryLog
                    .add(attempt)
                    .then(deliveries.succeeded(delivery.tenant(), delivery.endpointId()))
                    .onErrorResume(error -> TraceLog.line(() ->
                            log.warn("Delivery attempt of job {} not recorded: {}", attempt.jobId(), error.toString())))
                    .then(Mono.fromSupplier(() -> result(attempt)));
        }
        return deliveryLog
                .add(attempt)
                .then(deliveries.failed(delivery.tenant(), delivery.endpointId(), attempt.isGone(), properties))
                .delayUntil(disabled -> disabled ? tell(delivery) : Mono.empty())
                .flatMap(disabled -> Mono.error(failure(attempt, disabled)));
    }

    private static RuntimeException failure(Attempt attempt, boolean disabled) {
        if (attempt.isGone() || disabled) {
            return new PermanentFailure(attempt.failure() + "; the endpoint was disabled");
        }
        Duration wait = attempt.answer() == null ? null : attempt.answer().retryAfter();
        return new RetryableFailure(String.valueOf(attempt.failure()), wait == null ? Duration.ZERO : wait, null);
    }

    /**
     * Notifies the tenant's other endpoints that this one is disabled. Idempotent: a repeated call publishes the same
     * event.
     */
    private Mono<Void> tell(Delivery delivery) {
        return deliveries
                .untold(delivery.tenant(), delivery.endpointId())
                .doOnEach(TraceLog.onNext(disabled -> log.warn(
                        "Webhook endpoint {} of tenant {} was disabled: {}",
                        delivery.endpointId(),
                        delivery.tenant(),
                        disabled.reason())))
                .flatMap(disabled -> webhooks.tell(event(delivery, disabled))
                        .then(deliveries.told(delivery.tenant(), delivery.endpointId(), disabled)));
    }

    private WebhookEvent event(Delivery delivery, Disabled disabled) {
        String name = "disabled:" + delivery.endpointId() + ":" + disabled.at();
        var data = new DisabledData(delivery.endpointId(), disabled.reason(), disabled.at(), disabled.failingSince());
        return new WebhookEvent(
                delivery.tenant(),
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                "webhook.endpoint-disabled",
                disabled.at(),
                null,
                new StorableJson(json.writeValueAsString(data)));
    }

    private static String result(Attempt attempt) {
        int status = attempt.answer() == null ? 0 : attempt.answer().status();
        return "{\"status\":" + status + ",\"took_ms\":" + attempt.took().toMillis() + "}";
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
