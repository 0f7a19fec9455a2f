package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.jobs.NewJob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Validates the mails of applications before they are stored: a mail that can't be rendered is refused at once. */
@Component
class OutgoingMails {

    private static final int MOST_DATA = 16 * 1024;
    private static final int LONGEST_LOCALE = 35; // RFC 5646, section 4.4.1
    private static final String ENGLISH = "en";

    private final MailWriter mailWriter;
    private final MailProperties properties;
    private final JsonMapper json;

    OutgoingMails(MailWriter mailWriter, MailProperties properties, JsonMapper json) {
        this.mailWriter = mailWriter;
        this.properties = properties;
        this.json = json;
    }

    /** @return the job; fails with {@link ProblemException} when a field is wrong */
    Mono<NewJob> checked(OutgoingMail mail) {
        return Mono.defer(() -> {
            OutgoingMail read = read(mail);
            // Without a locale, a mail to an account is checked in all languages: the account's own one is read only
            // when the mail is rendered, and may change before.
            String locale = read.locale() != null || read.account() != null ? read.locale() : ENGLISH;
            return mailWriter
                    .check(read.tenant(), read.kind(), locale, read.data())
                    .then(Mono.fromSupplier(() -> job(read)));
        });
    }

    private OutgoingMail read(OutgoingMail mail) {
        var fields = new FieldReader();
        fields.required("kind", mail.kind(), KindName::readOfApplication);
        if ((mail.account() == null) == (mail.address() == null)) {
            fields.refuse("account_id", "is required without email, and must be absent with it");
        }
        if (mail.address() != null) {
            fields.optional("email", mail.address().value(), MailAddress::of);
        }
        fields.optional("locale", mail.locale(), OutgoingMails::locale);
        if (json.writeValueAsString(mail.data()).getBytes(StandardCharsets.UTF_8).length > MOST_DATA) {
            fields.refuse("data", "must have at most " + MOST_DATA + " bytes");
        }
        fields.check();
        return mail;
    }

    private static String locale(String given) {
        try {
            if (given.length() > LONGEST_LOCALE) {
                throw new IllegalArgumentException("must be a language tag, for example en or tr-TR");
            }
            return new Locale.Builder().setLanguageTag(given).build().toLanguageTag();
        } catch (IllformedLocaleException notATag) {
            throw new IllegalArgumentException("must be a language tag, for example en or tr-TR", notATag);
        }
    }

    private NewJob job(OutgoingMail mail) {
        var kind = MailKind.named(mail.kind());
        var payload = new MailPayload(
                mail.address() == null ? null : mail.address().value(),
                mail.firstName(),
                mail.locale(),
                mail.account(),
                new HashMap<>(mail.data()),
                null);
        int usual = kind.map(MailKind::priority).orElse(NewJob.ORDINARY);
        var job = NewJob.of(mail.tenant(), EmailQueue.NAME, mail.kind(), json.writeValueAsString(payload))
                .withPriority(mail.priority() == null ? usual : mail.priority())
                .withRetries(properties.retries())
                .dueAt(mail.dueAt());
        if (mail.key() != null) {
            job = job.withKey(mail.key());
        }
        boolean repeatable =
                mail.repeatable() == null ? kind.map(MailKind::isRepeatable).orElse(false) : mail.repeatable();
        return repeatable ? job : job.notRepeatable();
    }
}
