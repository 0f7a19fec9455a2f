package dev.frontdesk.notification.notifications;

import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.mail.Mails;
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
 * Sends an application's notification to an account, and adds the job of the mail. Both are identified by the job's id,
 * so a second attempt sends nothing twice.
 */
@Component
class NotificationJobHandler implements JobHandler {

    private static final String ENGLISH = "en";

    private final Accounts accounts;
    private final Notifier notifier;
    private final NotificationMails mails;
    private final JsonMapper json;

    NotificationJobHandler(Accounts accounts, Notifier notifier, NotificationMails mails, JsonMapper json) {
        this.accounts = accounts;
        this.notifier = notifier;
        this.mails = mails;
        this.json = json;
    }

    @Override
    public String queue() {
        return NotificationQueue.NAME;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            NotificationJob notificationJob = telling(job);
            return accounts.find(job.tenant(), notificationJob.accountId())
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(account -> tell(job, notificationJob, account.orElse(null)));
        });
    }

    private Mono<String> tell(
            Job job, NotificationJob notificationJob, dev.frontdesk.notification.accounts.@Nullable Recipient account) {
        if (account != null && account.deleted()) {
            return Mono.error(new PermanentFailure("the account was deleted"));
        }
        String locale = notificationJob.locale() != null
                ? notificationJob.locale()
                : account != null && account.locale() != null ? account.locale() : ENGLISH;
        TitledText text = words(notificationJob, locale);
        var recipient = new Recipient(job.tenant(), notificationJob.accountId());
        return notifier.tell(recipient, job.id(), notificationJob.kind(), text, notificationJob.data())
                .then(notificationJob.mail() ? mail(job, notificationJob, text) : Mono.empty());
    }

    private TitledText words(NotificationJob notificationJob, String locale) {
        if (notificationJob.title() != null) {
            return new TitledText(
                    notificationJob.title(), notificationJob.body() == null ? "" : notificationJob.body());
        }
        return notifier.wordsOf(notificationJob.kind(), locale, notificationJob.data())
                .orElseThrow(() -> new PermanentFailure("the kind has no template and the request no title"));
    }

    private Mono<String> mail(Job job, NotificationJob notificationJob, TitledText text) {
        return mails.send(job.tenant(), notificationJob, text, "job:" + job.id())
                .map(added -> json.writeValueAsString(Map.of("email_job", added.id())))
                .onErrorMap(ProblemException.class, Mails::permanentFailure);
    }

    private NotificationJob telling(Job job) {
        try {
            return json.readValue(job.payload(), NotificationJob.class);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure("the payload is unreadable", unreadable);
        }
    }
}
