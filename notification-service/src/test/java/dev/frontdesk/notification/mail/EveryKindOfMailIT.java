package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Rules for a mail of any kind, with a tenant's own template and on the whole way. */
@RunningService
class EveryKindOfMailIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WORDS =
            "=?utf-8?q?x?= 😀 İstanbul Ελλάδα 日本 👩‍👩‍👧‍👦 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🏴󠁧󠁢󠁳󠁣󠁴󠁿 العربية हिन्दी 𐍈";

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobRows rows;

    @Autowired
    private SealedSecrets secrets;

    @Autowired
    private JsonMapper json;

    @Autowired
    private Smtp smtp;

    private final TenantId tenant =
            new TenantId(TENANT + UUID.randomUUID().toString().substring(0, 8));
    private final String email = anyEmail();

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void bringsEveryCharacterOfItsWords(MailKind kind) {
        hasWords(kind, WORDS, "{{name}}: " + WORDS);

        send(kind, "{\"to\": \"" + email + "\", \"first_name\": \"Ayşe\", \"data\": {}");

        Mail mail = arrived();
        assertThat(mail.subject()).isEqualTo(WORDS);
        assertThat(mail.text().strip()).isEqualTo("Ayşe: " + WORDS);
        assertThat(mail.html()).contains("Ayşe: " + WORDS);
    }

    private void hasWords(MailKind kind, String subject, String words) {
        rows.value(
                "INSERT INTO notification.email_templates (tenant, kind, language, subject, text, html) VALUES ('"
                        + tenant.value() + "', ?, 'en', '" + subject + "', '" + words + "', '<p>" + words
                        + "</p>') RETURNING kind",
                kind.key());
    }

    /** @param payload without its end */
    private void send(MailKind kind, String payload) {
        var id = UUID.randomUUID();
        String whole = payload + ", \"secret_of\": \"" + id + "\"}";
        json.readValue(whole, MailPayload.class);
        jobs.add(NewJob.of(tenant, MailKind.isAwaited(kind.key()) ? CodeQueue.NAME : EmailQueue.NAME, kind.key(), whole)
                        .expiringAt(Instant.now().plus(Duration.ofMinutes(10)))
                        .withSecret(secrets.seal("123456", kind.purpose(id))))
                .block(SOON);
    }

    private Mail arrived() {
        return await().atMost(SOON)
                .until(() -> smtp.messages(email), mails -> !mails.isEmpty())
                .getFirst();
    }
}
