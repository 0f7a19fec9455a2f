package dev.frontdesk.notification.intake;

import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import dev.frontdesk.notification.jobs.Undeliverable;
import dev.frontdesk.notification.notifications.Notifier;
import dev.frontdesk.notification.notifications.Recipient;
import dev.frontdesk.notification.templates.HeadedText;
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
class TellingHandler implements JobHandler {

    private static final String ENGLISH = "en";

    private final Accounts accounts;
    private final Notifier notifier;
    private final TellingMails mails;
    private final JsonMapper json;

    TellingHandler(Accounts accounts, Notifier notifier, TellingMails mails, JsonMapper json) {
        this.accounts = accounts;
        this.notifier = notifier;
        this.mails = mails;
        this.json = json;
    }

    @Override
    public String queue() {
        return Tellings.QUEUE;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.defer(() -> {
            Telling telling = telling(job);
            return accounts.find(job.tenant(), telling.accountId())
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(account -> tell(job, telling, account.orElse(null)));
        });
    }

    private Mono<String> tell(
            Job job, Telling telling, dev.frontdesk.notification.accounts.@Nullable Recipient account) {
        if (account != null && account.deleted()) {
            return Mono.error(new Undeliverable("the account is deleted"));
        }
        String locale = telling.locale() != null
                ? telling.locale()
                : account != null && account.locale() != null ? account.locale() : ENGLISH;
        HeadedText text = words(telling, locale);
        var recipient = new Recipient(job.tenant(), telling.accountId());
        return notifier.tell(recipient, job.id(), telling.kind(), text, telling.data())
                .then(telling.mail() ? mail(job, telling, text) : Mono.empty());
    }

    private HeadedText words(Telling telling, String locale) {
        if (telling.title() != null) {
            return new HeadedText(telling.title(), telling.body() == null ? "" : telling.body());
        }
        return notifier.wordsOf(telling.kind(), locale, telling.data())
                .orElseThrow(() -> new Undeliverable("the kind has no words and brings none"));
    }

    private Mono<String> mail(Job job, Telling telling, HeadedText text) {
        return mails.send(job.tenant(), telling, text, "job:" + job.id())
                .map(added -> json.writeValueAsString(Map.of("email_job", added.id())))
                .onErrorMap(
                        ProblemException.class,
                        refused -> new Undeliverable("no mail can be made of it: " + Refusal.of(refused), refused));
    }

    private Telling telling(Job job) {
        try {
            return json.readValue(job.payload(), Telling.class);
        } catch (JacksonException unreadable) {
            throw new Undeliverable("the payload can't be read", unreadable);
        }
    }
}
