package dev.frontdesk.notification.intake;

import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.notifications.Notifier;
import dev.frontdesk.notification.notifications.Recipient;
import dev.frontdesk.notification.templates.TitledText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells an account what an application wants it told, and asks for the mail. Both are known by the job's id, so that a second
 * attempt tells nothing twice.
 */
@Component
class NotificationRequestHandler implements JobHandler {

    private static final String ENGLISH = "en";

    private final Accounts accounts;
    private final Notifier notifier;
    private final NotificationMails mails;
    private final JsonMapper json;

    NotificationRequestHandler(Accounts accounts, Notifier notifier, NotificationMails mails, JsonMapper json) {
        this.accounts = accounts;
        this.notifier = notifier;
        this.mails = mails;
        this.json = json;
    }

    @Override
    public String queue() {
        return NotificationRequests.QUEUE;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            NotificationRequest notificationRequest = telling(job);
            return accounts.find(job.tenant(), notificationRequest.accountId())
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(account -> tell(job, notificationRequest, account.orElse(null)));
        });
    }

    private Mono<String> tell(
            Job job,
            NotificationRequest notificationRequest,
            dev.frontdesk.notification.accounts.@Nullable Recipient account) {
        if (account != null && account.deleted()) {
            return Mono.error(new PermanentFailure("the account is deleted"));
        }
        String locale = notificationRequest.locale() != null
                ? notificationRequest.locale()
                : account != null && account.locale() != null ? account.locale() : ENGLISH;
        TitledText text = words(notificationRequest, locale);
        var recipient = new Recipient(job.tenant(), notificationRequest.accountId());
        return notifier.tell(recipient, job.id(), notificationRequest.kind(), text, notificationRequest.data())
                .then(notificationRequest.mail() ? mail(job, notificationRequest, text) : Mono.empty());
    }

    private TitledText words(NotificationRequest notificationRequest, String locale) {
        if (notificationRequest.title() != null) {
            return new TitledText(
                    notificationRequest.title(), notificationRequest.body() == null ? "" : notificationRequest.body());
        }
        return notifier.wordsOf(notificationRequest.kind(), locale, notificationRequest.data())
                .orElseThrow(() -> new PermanentFailure("the kind has no words and brings none"));
    }

    private Mono<String> mail(Job job, NotificationRequest notificationRequest, TitledText text) {
        return mails.send(job.tenant(), notificationRequest, text, "job:" + job.id())
                .map(added -> json.writeValueAsString(Map.of("email_job", added.id())))
                .onErrorMap(
                        ProblemException.class,
                        refused -> new PermanentFailure("no mail can be made of it: " + Refusal.of(refused), refused));
    }

    private NotificationRequest telling(Job job) {
        try {
            return json.readValue(job.payload(), NotificationRequest.class);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload can't be read", unreadable);
        }
    }
}
