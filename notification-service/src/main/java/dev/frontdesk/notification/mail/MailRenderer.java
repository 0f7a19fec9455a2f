package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.templates.GivenName;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders mails. A code is decrypted only here, and only while its mail is rendered. */
@Component
class MailRenderer {

    private final MailWriter mailWriter;
    private final SealedSecrets secrets;
    private final Clock clock;

    MailRenderer(MailWriter mailWriter, SealedSecrets secrets, Clock clock) {
        this.mailWriter = mailWriter;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * @return fails with {@link IllegalArgumentException} when no template exists for the kind or the secret can't be
     *     opened, and with other errors when the template uses a value that the mail does not have
     */
    Mono<WrittenMail> render(Job job, MailPayload payload, MailRecipient mailRecipient) {
        return Mono.defer(() -> mailWriter.write(
                        job.tenant(), job.kind(), mailRecipient.locale(), model(job, payload, mailRecipient)))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalArgumentException("There is no template for mails of this kind")));
    }

    private Map<String, Object> model(Job job, MailPayload payload, MailRecipient mailRecipient) {
        var model = new HashMap<String, Object>();
        var kind = MailKind.named(job.kind());
        Map<String, Object> data = payload.data() == null ? Map.of() : payload.data();
        if (kind.isEmpty() || kind.get().isForApplications()) {
            model.put("data", data);
        } else {
            model.putAll(data);
        }
        model.put("name", GivenName.orNothing(mailRecipient.firstName()));
        if (job.sealed() != null && kind.isPresent()) {
            putSecret(model, secrets.open(job.sealed(), kind.get().purpose(payload.secretOf())));
        }
        if (job.expiresAt() != null) {
            long seconds = Duration.between(clock.instant(), job.expiresAt()).toSeconds();
            model.put("minutes", Math.max(1, (seconds + 59) / 60));
        }
        return model;
    }

    /** The secret is a code, or a code and a link separated by a space. */
    private static void putSecret(Map<String, Object> model, String secret) {
        int end = secret.indexOf(' ');
        model.put("code", end < 0 ? secret : secret.substring(0, end));
        model.put("link", end < 0 ? "" : secret.substring(end + 1));
    }
}
