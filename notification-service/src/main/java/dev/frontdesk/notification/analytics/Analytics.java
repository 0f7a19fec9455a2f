package dev.frontdesk.notification.analytics;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Accepts events to be counted as jobs, and counts them. */
@Component
class Analytics implements JobHandler {

    /** After all jobs that someone waits for. */
    private static final int PRIORITY = 20;

    private static final Retries RETRIES = new Retries(10, Duration.ofSeconds(2));

    private final Jobs jobs;
    private final DailyCounts counts;
    private final JsonMapper json;

    Analytics(Jobs jobs, DailyCounts counts, JsonMapper json) {
        this.jobs = jobs;
        this.counts = counts;
        this.json = json;
    }

    /** @param key idempotency key: an event with the same key counts once; null for an event that is sent only once */
    Mono<JobReceipt> add(TenantId tenant, CountedEvent countedEvent, @Nullable String key) {
        var job = NewJob.of(tenant, AnalyticsQueue.NAME, countedEvent.kind(), json.writeValueAsString(countedEvent))
                .withPriority(PRIORITY)
                .withRetries(RETRIES);
        return jobs.add(key == null ? job : job.withKey(key));
    }

    @Override
    public String queue() {
        return AnalyticsQueue.NAME;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(10);
    }

    /** Many: the jobs are small, and each is counted once, however often it is tried. */
    @Override
    public int mostClaimedAhead() {
        return 1_000;
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> counts.count(job.tenant(), job.id(), happening(job)))
                .then(Mono.empty());
    }

    private CountedEvent happening(Job job) {
        try {
            return json.readValue(job.payload(), CountedEvent.class);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload is unreadable", unreadable);
        }
    }
}
