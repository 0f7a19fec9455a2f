package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.jobs.NewJob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Validates the mails of applications before they are stored: a mail that can't be rendered is refused at once. */
@Component
class OutgoingMails {

    private static final int MOST_DATA = 16 * 1024;
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
        MailFields.kind(fields, mail.kind());
        MailFields.address(
                fields,
                mail.account(),
                mail.address() == null ? null : mail.address().value());
        String locale = MailFields.locale(fields, mail.locale());
        if (json.writeValueAsString(mail.data()).getBytes(StandardCharsets.UTF_8).length > MOST_DATA) {
            fields.refuse("data", "must have at most " + MOST_DATA + " bytes");
        }
        fields.check();
        return mail.inLanguageOf(locale);
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
