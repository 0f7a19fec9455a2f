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

/**
 * Runs the jobs of the webhook queue: deliveries of one event to one endpoint, and pages of replays, which add
 * deliveries.
 */
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
        return WebhookQueue.NAME;
    }

    /** Covers the request and writing the log. */
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

    /**
     * Adds the deliveries of one page, then the job of the next page. A retry after a crash in between adds the same
     * jobs again, which are deduplicated by their keys.
     */
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
            throw new PermanentFailure("the payload is unreadable", unreadable);
        }
    }
}
