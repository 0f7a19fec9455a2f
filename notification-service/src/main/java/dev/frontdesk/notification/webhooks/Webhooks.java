package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns an event into jobs: one for each endpoint that wants it, however often the event is published. The event is
 * stored before its jobs, and the keys of the jobs contain its id, so a caller that was interrupted in between can
 * repeat the call.
 */
@Component
class Webhooks {

    static final String REPLAY = "webhook.replay";

    /** Deliveries of new events have priority over replays. */
    private static final int AGAIN = 20;

    private final WebhookEvents events;
    private final Jobs jobs;
    private final WebhookProperties properties;
    private final JsonMapper json;

    Webhooks(WebhookEvents events, Jobs jobs, WebhookProperties properties, JsonMapper json) {
        this.events = events;
        this.jobs = jobs;
        this.properties = properties;
        this.json = json;
    }

    /**
     * Completes when the delivery jobs are stored.
     *
     * @return how many endpoints receive it. An event that only disabled endpoints want is stored for a replay; one
     *     that no endpoint wants is not stored
     */
    Mono<Integer> tell(WebhookEvent event) {
        return events.addForThoseWhoHear(event).flatMap(hearing -> addJobs(event, hearing));
    }

    /** Sends an event to one endpoint, whatever types it receives. */
    Mono<Void> tellOnly(UUID endpoint, WebhookEvent event) {
        return events.add(event).then(addJobs(event, List.of(endpoint))).then();
    }

    private Mono<Integer> addJobs(WebhookEvent event, List<UUID> hearing) {
        return Flux.fromIterable(hearing)
                .map(endpoint -> job(event.tenant(), event.type(), new DeliveryPayload(endpoint, event.id()))
                        .withKey(event.id() + ":" + endpoint))
                .buffer(Jobs.MOST_AT_ONCE)
                .concatMap(jobs::addAll)
                .then(Mono.just(hearing.size()));
    }

    /** Sends events again with the same {@code webhook-id}, each once per replay. */
    Mono<Void> again(TenantId tenant, UUID endpoint, UUID replay, List<WebhookEvents.Summary> some) {
        return jobs.addAll(some.stream()
                        .map(event -> job(tenant, event.type(), new DeliveryPayload(endpoint, event.id()))
                                .withPriority(AGAIN)
                                .withKey(event.id() + ":" + endpoint + ":" + replay))
                        .toList())
                .then();
    }

    /** Begins or continues a replay. */
    Mono<Void> again(TenantId tenant, ReplayRange range) {
        String page = range.afterId() == null ? "" : ":" + range.afterId();
        return jobs.add(NewJob.of(tenant, WebhookQueue.NAME, REPLAY, json.writeValueAsString(range))
                        .withPriority(AGAIN)
                        .withKey("replay:" + range.replayId() + page))
                .then();
    }

    private NewJob job(TenantId tenant, String type, DeliveryPayload payload) {
        return NewJob.of(tenant, WebhookQueue.NAME, type, json.writeValueAsString(payload))
                .withRetries(properties.retries());
    }
}
