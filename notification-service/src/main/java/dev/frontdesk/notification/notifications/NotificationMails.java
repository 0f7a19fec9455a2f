package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.mail.Mails;
import dev.frontdesk.notification.mail.OutgoingMail;
import dev.frontdesk.notification.templates.TitledText;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends the mail that goes with a notification. It uses the template of the kind, the tenant's or ours. If the kind has
 * none, the mail contains the text of the notification.
 */
@Component
class NotificationMails {

    /** The kind of the mail for a notification whose kind has no template. */
    private static final String PLAIN_MAIL = "message";

    private final Mails mails;

    NotificationMails(Mails mails) {
        this.mails = mails;
    }

    /** Fails with {@link ProblemException} when the mail can't be rendered. */
    Mono<Void> check(TenantId tenant, NotificationJob notificationJob) {
        var text = new TitledText(
                Objects.requireNonNullElse(notificationJob.title(), ""),
                Objects.requireNonNullElse(notificationJob.body(), ""));
        return firstThatCan(
                        tenant,
                        notificationJob,
                        text,
                        null,
                        mail -> mails.check(mail).thenReturn(true))
                .then();
    }

    /** @param text the text of the notification */
    Mono<JobReceipt> send(TenantId tenant, NotificationJob notificationJob, TitledText text, String key) {
        return firstThatCan(tenant, notificationJob, text, key, mails::send);
    }

    private static <T> Mono<T> firstThatCan(
            TenantId tenant,
            NotificationJob notificationJob,
            TitledText text,
            @Nullable String key,
            Function<OutgoingMail, Mono<T>> use) {
        var own = mail(tenant, notificationJob.kind(), notificationJob, notificationJob.data(), key);
        var plain =
                mail(tenant, PLAIN_MAIL, notificationJob, Map.of("title", text.heading(), "body", text.body()), key);
        return use.apply(own).onErrorResume(NotificationMails::isAboutTheKind, _ -> use.apply(plain));
    }

    private static OutgoingMail mail(
            TenantId tenant,
            String kind,
            NotificationJob notificationJob,
            Map<String, String> data,
            @Nullable String key) {
        return OutgoingMail.toAccount(tenant, kind, notificationJob.accountId(), data)
                .inLanguageOf(notificationJob.locale())
                .withKey(key);
    }

    private static boolean isAboutTheKind(Throwable error) {
        return error instanceof ProblemException refused
                && refused.getStatusCode().is4xxClientError()
                && refused.isAbout("kind");
    }
}
