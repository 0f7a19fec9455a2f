package dev.frontdesk.notification.requests;

import dev.frontdesk.contracts.events.NotificationRequest.JobRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.queues.JobRequest;
import dev.frontdesk.notification.queues.Queue;
import dev.frontdesk.notification.queues.QueueResolver;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Adds jobs that applications request through Kafka, with the same rules as over HTTP. */
@Component
public class KafkaJobRequests {

    private final QueueResolver known;
    private final Jobs jobs;
    private final Clock clock;
    private final JsonMapper json;

    KafkaJobRequests(QueueResolver known, Jobs jobs, Clock clock, JsonMapper json) {
        this.known = known;
        this.jobs = jobs;
        this.clock = clock;
        this.json = json;
    }

    /**
     * If the job became due while the event waited, it is due now.
     *
     * @param fallbackKey for an event without a key of its own
     * @return an error of {@link ProblemException} that says what is wrong; nothing is stored then
     */
    public Mono<JobReceipt> add(TenantId tenant, JobRequested event, String fallbackKey) {
        return known.requireOpen(tenant, event.queue())
                .map(queue -> job(tenant, queue, event, fallbackKey))
                .flatMap(jobs::add);
    }

    private NewJob job(TenantId tenant, Queue queue, JobRequested event, String fallbackKey) {
        var fields = new FieldReader();
        Instant now = clock.instant();
        var job = new JobRequest(
                        event.kind(),
                        payload(event),
                        event.key(),
                        event.priority(),
                        ahead(event.dueAt(), now),
                        null,
                        null,
                        null,
                        null,
                        null)
                .job(tenant, queue, now, fields, "", fallbackKey);
        fields.check();
        return job;
    }

    private static @Nullable String ahead(@Nullable Instant dueAt, Instant now) {
        return dueAt == null || !dueAt.isAfter(now) ? null : dueAt.toString();
    }

    private StorableJson payload(JobRequested event) {
        try {
            return json.readValue(json.writeValueAsString(event.payload()), StorableJson.class);
        } catch (JacksonException notStorable) {
            throw ProblemException.invalid("payload", "must be JSON that PostgreSQL can store");
        }
    }
}
