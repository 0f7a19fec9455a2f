package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.notification.EventSimulator.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

/** Mails that applications send. */
@RunningService
class MailsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TenantId ACME = new TenantId(TENANT);
    private static final Map<String, Object> ORDER =
            Map.of("order", "A-1\r\nBcc: eve@example.org", "items", List.of("tea"));

    @Autowired
    private Mails mails;

    @Autowired
    private EventSimulator world;

    @Autowired
    private JobRows jobs;

    @Autowired
    private Smtp smtp;

    private final String email = anyEmail();
    private final UUID account = UUID.randomUUID();
    private final String kind = "order-" + UUID.randomUUID();

    @Test
    void writesToTheAddressThatAnAccountHas() {
        hasWords();
        var sent = send(OutgoingMail.toAccount(ACME, kind, account, ORDER));
        assertThat(stored(sent)).doesNotContain(email).contains(account.toString());

        // The event may arrive after the mail.
        world.happens(verified(account, email, "tr"));

        Mail mail = await().atMost(SOON)
                .until(() -> ofThisKind(), found -> !found.isEmpty())
                .getFirst();
        assertThat(mail.subject()).isEqualTo("Order A-1 Bcc: eve@example.org");
        assertThat(mail.text()).isEqualTo("Hello Ayşe, tea");
        assertThat(mail.headers()).doesNotContainKey("Bcc");
    }

    @Test
    void writesToAnAddressOnceForAKey() {
        var message = OutgoingMail.toAddress(
                        ACME, "message", new EmailAddress(email), null, Map.of("title", "News", "body", "None\nat all"))
                .withKey(email);
        var first = send(message);
        var second = send(message);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.fresh()).isFalse();
        Mail mail = await().atMost(SOON)
                .until(() -> smtp.messages(email), found -> !found.isEmpty())
                .getFirst();
        assertThat(mail.subject()).isEqualTo("News");
        assertThat(mail.text().lines()).containsExactly("None", "at all");
    }

    @Test
    void writesToNoAccountThatIsGone() {
        world.happens(new AccountDeleted(TENANT, account, email, "Ayşe", "en", Instant.now()));
        var sent = send(OutgoingMail.toAccount(ACME, "new-badge", account, Map.of("name", "Early bird", "icon", "")));

        await().atMost(SOON).until(() -> value(sent, "failure").equals("the account was deleted"));
        assertThat(value(sent, "state")).isEqualTo("failed");
    }

    @Test
    void stopsAfterTwelveAttemptsForAnAccountThatStaysUnknown() {
        hasWords();
        var mail = OutgoingMail.toAccount(ACME, kind, account, ORDER)
                .dueAt(Instant.now().plus(Duration.ofDays(1)));
        var sent = send(mail);
        assertThat(value(sent, "max_attempts")).isEqualTo("50");

        isTriedFor(11, sent);
        await().atMost(SOON).until(() -> value(sent, "failure").equals("the account is not known yet"));
        assertThat(value(sent, "state")).isEqualTo("delayed");

        isTriedFor(12, sent);
        await().atMost(SOON).until(() -> value(sent, "state").equals("failed"));
        assertThat(value(sent, "failure")).isEqualTo("the account does not exist");
        assertThat(value(sent, "attempts")).isEqualTo("12");
    }

    /** Makes the job due, with one attempt fewer than this number done. */
    private void isTriedFor(int attempt, JobReceipt job) {
        jobs.value(
                "UPDATE notification.jobs SET due_at = now(), attempts = " + (attempt - 1)
                        + " WHERE id = CAST(? AS uuid) RETURNING id",
                job.id().toString());
    }

    @Test
    void refusesWhatCanNotBeWritten() {
        hasWords();
        var ada = new EmailAddress(email);

        isRefused("kind", OutgoingMail.toAddress(ACME, "account.verification-requested", ada, null, Map.of()));
        isRefused("kind", OutgoingMail.toAddress(ACME, "no-such-kind", ada, null, Map.of()));
        isRefused("kind", OutgoingMail.toAddress(new TenantId("other"), kind, ada, null, ORDER));
        isRefused("data", OutgoingMail.toAddress(ACME, kind, ada, null, Map.of("items", List.of("tea"))));
        isRefused("data", OutgoingMail.toAddress(ACME, kind, ada, null, Map.of("order", "x".repeat(17_000))));
        isRefused("locale", OutgoingMail.toAddress(ACME, kind, ada, null, ORDER).inLanguageOf("en\r\nBcc: x"));
        isRefused("account_id", new OutgoingMail(ACME, kind, null, null, null, null, ORDER, null, null, null, null));
        assertThat(jobs.to(email)).isEmpty();
    }

    private void hasWords() {
        jobs.value(
                "INSERT INTO notification.email_templates (tenant, kind, language, subject, text) VALUES ('acme', ?,"
                        + " 'en', 'Order {{data.order}}', 'Hello {{name}}, {{#data.items}}{{.}}{{/data.items}}') RETURNING"
                        + " kind",
                kind);
    }

    private List<Mail> ofThisKind() {
        return smtp.messages(email).stream()
                .filter(mail -> mail.subject().startsWith("Order"))
                .toList();
    }

    private JobReceipt send(OutgoingMail mail) {
        return Objects.requireNonNull(mails.send(mail).block(SOON));
    }

    private String stored(JobReceipt job) {
        return value(job, "payload");
    }

    private String value(JobReceipt job, String column) {
        return String.valueOf(jobs.value(
                "SELECT " + column + " FROM notification.jobs WHERE id = CAST(? AS uuid)",
                job.id().toString()));
    }

    private void isRefused(String field, OutgoingMail mail) {
        assertThat(mails.send(mail)
                        .then(Mono.just("nothing"))
                        .onErrorResume(
                                ProblemException.class,
                                refused -> Mono.just(
                                        String.valueOf(refused.getBody().getProperties())))
                        .block(SOON))
                .contains("field=" + field);
    }
}
