package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.templates.GivenName;
import dev.frontdesk.notification.templates.HeadedText;
import dev.frontdesk.notification.templates.Language;
import dev.frontdesk.notification.templates.LocalizedTemplate;
import dev.frontdesk.notification.templates.Templates;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Writes mails. Only here a code is readable, for as long as it takes. */
@Component
class MailRenderer {

    private record Wording(LocalizedTemplate text, LocalizedTemplate html) {}

    private final Map<MailKind, Wording> wordings = new EnumMap<>(MailKind.class);
    private final EventSecrets secrets;
    private final Clock clock;

    MailRenderer(EventSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
        for (MailKind kind : MailKind.values()) {
            String name = "mail/" + kind.key();
            wordings.put(kind, new Wording(Templates.text(name), Templates.html(name)));
        }
    }

    /** @throws IllegalArgumentException when the kind is unknown or the secret can't be opened */
    Mail render(Job job, MailPayload payload) {
        MailKind kind = MailKind.named(job.kind());
        Wording wording = Objects.requireNonNull(wordings.get(kind));
        Language language = Language.of(payload.locale());
        Map<String, Object> model = model(kind, job, payload);
        var text = HeadedText.of(wording.text().render(language, model));
        return new Mail(text.heading(), text.body(), wording.html().render(language, model));
    }

    private Map<String, Object> model(MailKind kind, Job job, MailPayload payload) {
        var model = new HashMap<String, Object>();
        model.put("name", GivenName.orNothing(payload.firstName()));
        if (job.sealed() != null) {
            String secret = secrets.open(job.sealed(), kind.purpose(payload.secretOf()));
            // A link may follow the code, with a space between.
            int end = secret.indexOf(' ');
            model.put("code", end < 0 ? secret : secret.substring(0, end));
            model.put("link", end < 0 ? "" : secret.substring(end + 1));
        }
        if (job.expiresAt() != null) {
            long seconds = Duration.between(clock.instant(), job.expiresAt()).toSeconds();
            model.put("minutes", Math.max(1, (seconds + 59) / 60));
        }
        return model;
    }
}
