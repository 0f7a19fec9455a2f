package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.PermanentFailure;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The jobs of the queue: an event for an endpoint, and a page of a replay, which makes more of the first. */
@Component
class WebhookHandler implements JobHandler {

    private static final int PAGE = 1_000;

    private final Deliveries deliveries;
    private final WebhookDelivery delivery;
    private final WebhookEvents events;
    private final Webhooks webhooks;
    private final WebhookProperties properties;
    private final JsonMapper json;

    WebhookHandler(
            Deliveries deliveries,
            WebhookDelivery delivery,
            WebhookEvents events,
            Webhooks webhooks,
            WebhookProperties properties,
            JsonMapper json) {
        this.deliveries = deliveries;
        this.delivery = delivery;
        this.events = events;
        this.webhooks = webhooks;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public String queue() {
        return Webhooks.QUEUE;
    }

    /** For the request, and what is written down about it. */
    @Override
    public Duration timeout() {
        return properties.answerWithin().plusSeconds(15);
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> job.kind().equals(Webhooks.REPLAY)
                ? replay(job.tenant(), payload(job, ReplayRange.class))
                : deliver(job, payload(job, DeliveryPayload.class)));
    }

    private Mono<String> deliver(Job job, DeliveryPayload payload) {
        return deliveries
                .find(job.tenant(), payload)
                .switchIfEmpty(Mono.error(() -> new PermanentFailure("the endpoint was deleted")))
                .flatMap(found -> delivery.attempt(found, job));
    }

    /** A page, then the job of the next one: whoever dies in between makes the same jobs again. */
    private Mono<String> replay(TenantId tenant, ReplayRange range) {
        return events.inOrder(tenant, range, PAGE)
                .delayUntil(page -> webhooks.again(tenant, range.endpointId(), range.replayId(), page))
                .delayUntil(page -> next(tenant, range, page))
                .map(page -> "{\"events\":" + page.size() + "}");
    }

    private Mono<Void> next(TenantId tenant, ReplayRange range, List<WebhookEvents.Summary> page) {
        return page.size() < PAGE
                ? Mono.empty()
                : webhooks.again(tenant, range.behind(page.getLast().position()));
    }

    private <T> T payload(Job job, Class<T> type) {
        try {
            return json.readValue(job.payload(), type);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload can't be read", unreadable);
        }
    }
}
