package dev.frontdesk.notification.intake;

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
 * The mail beside a notification. Words for its kind go first, the tenant's or ours; a kind that has none gets a mail that
 * says what the notification says.
 */
@Component
class NotificationMails {

    /** Any kind's that has no template. */
    private static final String PLAIN_MAIL = "message";

    private final Mails mails;

    NotificationMails(Mails mails) {
        this.mails = mails;
    }

    /** An error of {@link ProblemException} when it could not be written. */
    Mono<Void> check(TenantId tenant, NotificationRequest notificationRequest) {
        var text = new TitledText(
                Objects.requireNonNullElse(notificationRequest.title(), ""),
                Objects.requireNonNullElse(notificationRequest.body(), ""));
        return firstThatCan(
                        tenant,
                        notificationRequest,
                        text,
                        null,
                        mail -> mails.check(mail).thenReturn(true))
                .then();
    }

    /** @param text what the notification says */
    Mono<JobReceipt> send(TenantId tenant, NotificationRequest notificationRequest, TitledText text, String key) {
        return firstThatCan(tenant, notificationRequest, text, key, mails::send);
    }

    private static <T> Mono<T> firstThatCan(
            TenantId tenant,
            NotificationRequest notificationRequest,
            TitledText text,
            @Nullable String key,
            Function<OutgoingMail, Mono<T>> use) {
        var own = mail(tenant, notificationRequest.kind(), notificationRequest, notificationRequest.data(), key);
        var plain = mail(
                tenant, PLAIN_MAIL, notificationRequest, Map.of("title", text.heading(), "body", text.body()), key);
        return use.apply(own).onErrorResume(NotificationMails::isAboutTheKind, _ -> use.apply(plain));
    }

    private static OutgoingMail mail(
            TenantId tenant,
            String kind,
            NotificationRequest notificationRequest,
            Map<String, String> data,
            @Nullable String key) {
        return OutgoingMail.toAccount(tenant, kind, notificationRequest.accountId(), data)
                .inLanguageOf(notificationRequest.locale())
                .withKey(key);
    }

    private static boolean isAboutTheKind(Throwable error) {
        return error instanceof ProblemException refused
                && refused.getStatusCode().is4xxClientError()
                && Refusal.names(refused, "kind");
    }
}
