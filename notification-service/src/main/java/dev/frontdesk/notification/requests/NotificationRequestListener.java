package dev.frontdesk.notification.requests;

import dev.frontdesk.contracts.events.NotificationRequest;
import dev.frontdesk.contracts.events.NotificationRequest.EmailRequested;
import dev.frontdesk.contracts.events.NotificationRequest.JobRequested;
import dev.frontdesk.contracts.events.NotificationRequest.NotificationRequested;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.InvalidEventException;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.DueTime;
import dev.frontdesk.notification.mail.MailFields;
import dev.frontdesk.notification.mail.Mails;
import dev.frontdesk.notification.mail.OutgoingMail;
import dev.frontdesk.notification.notifications.NotificationJobs;
import dev.frontdesk.notification.notifications.NotificationRequestReader;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Handles requests that applications send through Kafka, with the same rules as over HTTP. A request is handled when
 * its job is stored in PostgreSQL, once per event id. Requests that break the rules become dead letters. The listener
 * has its own consumer group, so that a flood of requests does not delay mails with codes.
 */
@Configuration(proxyBeanMethods = false)
class NotificationRequestListener {

    private static final String GROUP = "notification-requests";

    private final NotificationJobs notificationJobs;
    private final Mails mails;
    private final MailFields mailFields;
    private final KafkaJobRequests jobs;
    private final Clock clock;

    NotificationRequestListener(
            NotificationJobs notificationJobs, Mails mails, MailFields mailFields, KafkaJobRequests jobs, Clock clock) {
        this.notificationJobs = notificationJobs;
        this.mails = mails;
        this.mailFields = mailFields;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Bean
    EventSubscription requestIntakeSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.NOTIFICATION_REQUESTS), this::take);
    }

    private Mono<Void> take(ReceivedEvent received) {
        if (!(received.event() instanceof NotificationRequest request)) {
            return Mono.empty();
        }
        String key = "event:" + received.id();
        return Mono.defer(() -> switch (request) {
                    case NotificationRequested event -> tell(event, key);
                    case EmailRequested event -> mail(event, key);
                    case JobRequested event -> job(event, key);
                })
                .onErrorMap(
                        error -> error instanceof ProblemException problem
                                && problem.getStatusCode().is4xxClientError(),
                        error -> new InvalidEventException(((ProblemException) error).inOneLine()))
                .then();
    }

    private Mono<?> tell(NotificationRequested event, String key) {
        var fields = new FieldReader();
        var telling = new NotificationRequestReader(fields)
                .read(
                        event.accountId(),
                        event.kind(),
                        new HashMap<>(event.data()),
                        event.title(),
                        event.body(),
                        event.locale(),
                        event.mail());
        TenantId tenant = checked(event, event.dueAt(), fields);
        return notificationJobs.add(tenant, telling, event.dueAt(), key);
    }

    private Mono<?> mail(EmailRequested event, String key) {
        var fields = new FieldReader();
        var address = MailFields.address(fields, event.accountId(), event.email());
        String name = MailFields.name(fields, event.firstName());
        var data = mailFields.data(fields, event.data());
        MailFields.kind(fields, event.kind());
        String locale = MailFields.locale(fields, event.locale());
        TenantId tenant = checked(event, event.dueAt(), fields);
        return mails.send(new OutgoingMail(
                tenant,
                event.kind(),
                event.accountId(),
                address.orElse(null),
                name,
                locale,
                data,
                key,
                null,
                event.dueAt(),
                null));
    }

    private Mono<?> job(JobRequested event, String key) {
        var fields = new FieldReader();
        return jobs.add(checked(event, event.dueAt(), fields), event, key);
    }

    private TenantId checked(NotificationRequest event, @Nullable Instant dueAt, FieldReader fields) {
        if (!TenantId.isValid(event.tenant())) {
            fields.refuse("tenant", "is not a valid tenant name");
        }
        if (dueAt != null && !DueTime.isNear(dueAt, clock.instant())) {
            fields.refuse("due_at", "must not be before 1970, and at most 366 days in the future");
        }
        fields.check();
        return new TenantId(event.tenant());
    }
}
