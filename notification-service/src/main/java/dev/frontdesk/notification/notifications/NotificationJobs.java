package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Accepts notifications from applications: when a call completes, the job is stored. */
@Component
public class NotificationJobs {

    /** A notification needs no external server, so a failure is an outage of our own. */
    private static final Retries RETRIES = new Retries(10, Duration.ofSeconds(2));

    private final Jobs jobs;
    private final NotificationMails mails;
    private final JsonMapper json;

    NotificationJobs(Jobs jobs, NotificationMails mails, JsonMapper json) {
        this.jobs = jobs;
        this.mails = mails;
        this.json = json;
    }

    /**
     * @param key idempotency key: a second call with it adds nothing; null for none
     * @return the job; fails with {@link dev.frontdesk.kit.web.ProblemException}, and stores nothing, when the
     *     requested mail can't be rendered
     */
    public Mono<JobReceipt> add(
            TenantId tenant, NotificationJob notificationJob, @Nullable Instant dueAt, @Nullable String key) {
        return (notificationJob.mail() ? mails.check(tenant, notificationJob) : Mono.<Void>empty())
                .then(Mono.defer(() -> jobs.add(job(tenant, notificationJob, dueAt, key))));
    }

    private NewJob job(
            TenantId tenant, NotificationJob notificationJob, @Nullable Instant dueAt, @Nullable String key) {
        var job = NewJob.of(
                        tenant,
                        NotificationQueue.NAME,
                        notificationJob.kind(),
                        json.writeValueAsString(notificationJob))
                .withRetries(RETRIES)
                .dueAt(dueAt);
        return key == null ? job : job.withKey(key);
    }
}
