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
 * Makes jobs of events: one for each endpoint that wants to hear, however often the event is told. The event is stored before
 * its jobs are, and the jobs have its id in their keys, so whoever is stopped in between begins anew.
 */
@Component
class Webhooks {

    static final String QUEUE = "webhook";
    static final String REPLAY = "webhook.replay";

    /** What happens now goes before what happened before. */
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
     * Ends when it is certain to be tried.
     *
     * @return how many endpoints hear of it; an event that only disabled ones want is kept for a replay, and nothing of one
     *     that none wants
     */
    Mono<Integer> tell(WebhookEvent event) {
        return events.addForThoseWhoHear(event).flatMap(hearing -> addJobs(event, hearing));
    }

    /** To one endpoint, whatever it wants. */
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

    /** The same event with the same {@code webhook-id}, once for each replay. */
    Mono<Void> again(TenantId tenant, UUID endpoint, UUID replay, List<WebhookEvents.Summary> some) {
        return jobs.addAll(some.stream()
                        .map(event -> job(tenant, event.type(), new DeliveryPayload(endpoint, event.id()))
                                .withPriority(AGAIN)
                                .withKey(event.id() + ":" + endpoint + ":" + replay))
                        .toList())
                .then();
    }

    /** Begins a replay, or goes on with it. */
    Mono<Void> again(TenantId tenant, ReplayRange range) {
        String page = range.afterId() == null ? "" : ":" + range.afterId();
        return jobs.add(NewJob.of(tenant, QUEUE, REPLAY, json.writeValueAsString(range))
                        .withPriority(AGAIN)
                        .withKey("replay:" + range.replayId() + page))
                .then();
    }

    private NewJob job(TenantId tenant, String type, DeliveryPayload payload) {
        return NewJob.of(tenant, QUEUE, type, json.writeValueAsString(payload)).withRetries(properties.retries());
    }
}
