package dev.frontdesk.notification.intake;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.notification.jobs.Added;
import dev.frontdesk.notification.mail.Mails;
import dev.frontdesk.notification.mail.OutgoingMail;
import dev.frontdesk.notification.templates.HeadedText;
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
class TellingMails {

    /** Any kind's that has no template. */
    private static final String PLAIN_MAIL = "message";

    private final Mails mails;

    TellingMails(Mails mails) {
        this.mails = mails;
    }

    /** An error of {@link ProblemException} when it could not be written. */
    Mono<Void> check(TenantId tenant, Telling telling) {
        var text = new HeadedText(
                Objects.requireNonNullElse(telling.title(), ""), Objects.requireNonNullElse(telling.body(), ""));
        return firstThatCan(
                        tenant, telling, text, null, mail -> mails.check(mail).thenReturn(true))
                .then();
    }

    /** @param text what the notification says */
    Mono<Added> send(TenantId tenant, Telling telling, HeadedText text, String key) {
        return firstThatCan(tenant, telling, text, key, mails::send);
    }

    private static <T> Mono<T> firstThatCan(
            TenantId tenant,
            Telling telling,
            HeadedText text,
            @Nullable String key,
            Function<OutgoingMail, Mono<T>> use) {
        var own = mail(tenant, telling.kind(), telling, telling.data(), key);
        var plain = mail(tenant, PLAIN_MAIL, telling, Map.of("title", text.heading(), "body", text.body()), key);
        return use.apply(own).onErrorResume(TellingMails::isAboutTheKind, _ -> use.apply(plain));
    }

    private static OutgoingMail mail(
            TenantId tenant, String kind, Telling telling, Map<String, String> data, @Nullable String key) {
        return OutgoingMail.toAccount(tenant, kind, telling.accountId(), data)
                .inLanguageOf(telling.locale())
                .withKey(key);
    }

    private static boolean isAboutTheKind(Throwable error) {
        return error instanceof ProblemException refused
                && refused.getStatusCode().is4xxClientError()
                && Refusal.names(refused, "kind");
    }
}
