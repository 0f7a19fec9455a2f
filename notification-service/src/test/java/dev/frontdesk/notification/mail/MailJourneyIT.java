package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.notification.EventSimulator.signedInOnANewDevice;
import static dev.frontdesk.notification.EventSimulator.signedUpAgain;
import static dev.frontdesk.notification.EventSimulator.traceIdOf;
import static dev.frontdesk.notification.EventSimulator.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class MailJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final NoSecretsInLogs secrets = new NoSecretsInLogs();

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private EventSimulator world;

    @Autowired
    private Smtp smtp;

    @Autowired
    private JobRows jobs;

    private final String email = secrets.mustNotTell(anyEmail());
    private final String code = secrets.mustNotTell(anyCode());

    @Test
    void bringsTheCodeInEnglish() {
        var event = world.happens(world.codeAskedFor(email, "en-GB", code));

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Your verification code").doesNotContain(code);
        assertThat(mail.text()).contains("Hello Ayşe,", "    " + code, "It is valid for 10 min.");
        assertThat(mail.html()).contains("<html lang=\"en\">", "Hello Ayşe,", ">" + code + "</p>");
        assertThat(mail.headers())
                .containsEntry("From", "Frontdesk <no-reply@frontdesk.localhost>")
                .containsEntry("To", email)
                .containsEntry("Auto-Submitted", "auto-generated")
                .containsEntry("X-Trace-Id", traceIdOf(event))
                .containsEntry("Message-ID", "<" + jobs.to(email).getFirst().id() + "@frontdesk.localhost>");
    }

    @Test
    void bringsTheCodeInTurkish() {
        world.happens(world.codeAskedFor(email, "tr", code));

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Doğrulama kodunuz");
        assertThat(mail.text()).contains("Merhaba Ayşe,", code, "Kodu kimseyle paylaşmayın");
        assertThat(mail.html())
                .contains("<html lang=\"tr\">", "Merhaba Ayşe,", code, "istemediyseniz büyük olasılıkla");
    }

    @Test
    void saysThatTheAddressWasSignedUpMoreThanOnce() {
        var first = world.codeAskedFor(email, "en", code);
        var repeated = new VerificationRequested(
                first.tenant(),
                first.registrationId(),
                first.email(),
                first.firstName(),
                first.locale(),
                first.sealedCode(),
                first.expiresAt(),
                true);
        world.happens(repeated);

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Your verification code");
        assertThat(mail.text()).contains("    " + code, "signed up more than once");
        assertThat(jobs.to(email).getFirst().kind()).isEqualTo("account.verification-repeated");
    }

    @Test
    void speaksEnglishToAllOthers() {
        world.happens(world.codeAskedFor(email, "fr-CA", code));

        assertThat(arrived().subject()).isEqualTo("Your verification code");
    }

    @Test
    void tellsAnOwnerOfASignUpWithTheSameAddress() {
        world.happens(signedUpAgain(email, "tr-TR"));

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Zaten bir hesabınız var");
        assertThat(mail.html()).contains("yeni bir hesap açılmadı");
        assertThat(jobs.to(email).getFirst().kind()).isEqualTo("account.address-already-registered");
    }

    @Test
    void bringsTheWayBackIn() {
        String link = secrets.mustNotTell("https://shop.example/reset#token=" + UUID.randomUUID());
        world.happens(world.passwordForgotten(email, "en", code + " " + link));

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Choose a new password");
        assertThat(mail.text()).contains("    " + code, "    " + link, "for 10 min");
        assertThat(jobs.to(email).getFirst().everything()).doesNotContain(code, "shop.example");
    }

    @Test
    void bringsTheCodeToANewAddress() {
        world.happens(world.addressWanted(email, "tr", code));

        assertThat(arrived().text()).contains("    " + code);
    }

    @Test
    void tellsAnOwnerOfWhatWasChanged() {
        var account = UUID.randomUUID();
        var now = Instant.now();
        world.happens(new PasswordChanged(TENANT, account, email, "Ayşe", "en", UUID.randomUUID(), 1, now));
        world.happens(new PasswordReset(TENANT, account, email, "Ayşe", "tr", 2, now));
        world.happens(new AddressChanged(TENANT, account, email, anyEmail(), "Ayşe", "en", now));
        world.happens(new AccountDeleted(TENANT, account, email, "Ayşe", "en", now));

        var mails = await().atMost(SOON).until(() -> smtp.messages(email), found -> found.size() == 4);

        assertThat(mails)
                .extracting(Mail::subject)
                .containsExactlyInAnyOrder(
                        "Your password was changed",
                        "Parolanız değiştirildi",
                        "The address of your account was changed",
                        "Your account was deleted");
    }

    @Test
    void welcomesWhoHasProvedTheirAddress() {
        world.happens(verified(UUID.randomUUID(), email, "tr"));

        Mail mail = arrived();

        assertThat(mail.subject()).isEqualTo("Hoş geldiniz");
        assertThat(mail.html()).contains("Merhaba Ayşe,", "hesabınız hazır");
        assertThat(jobs.to(email).getFirst().kind()).isEqualTo("account.verified");
    }

    @Test
    void mailsAboutANewDevice() {
        var account = UUID.randomUUID();
        world.happens(verified(account, email, "en"));
        // The first login of all, one on the same device, and one on another.
        world.happens(signedInOnANewDevice(account, "en", 0));
        world.happens(signedIn(account, "en", 1));
        world.happens(signedInOnANewDevice(account, "en", 1));

        var told = await().atMost(SOON)
                .until(
                        () -> smtp.messages(email).stream()
                                .filter(mail -> mail.subject().equals("Your account was opened on a new device"))
                                .toList(),
                        mails -> !mails.isEmpty());

        assertThat(told)
                .singleElement()
                .satisfies(mail -> assertThat(mail.text())
                        .contains("Hello Ayşe,", "Firefox, Linux", " UTC")
                        .doesNotContain("Mozilla"));
        // All of one account, so on one partition: the earlier events were consumed without an effect.
        assertThat(jobs.value(
                        "SELECT count(*) FROM notification.jobs WHERE payload->>'account_id' = ?", account.toString()))
                .isEqualTo("1");
    }

    @Test
    void sendsOneMailForAnEventThatComesTwice() {
        var first = world.codeAskedFor(email, "en", code);
        var event = world.happens(first);
        arrived();
        world.again(event);

        // All of one registration, so on one partition: when the last mail arrives, the repeated event was consumed
        // before it.
        var other = secrets.mustNotTell(anyCode());
        world.happens(world.codeAskedFor(first.registrationId(), email, "en", other, first.expiresAt()));
        await().atMost(SOON)
                .until(() -> smtp.messages(email).stream()
                        .anyMatch(mail -> mail.text().contains(other)));

        assertThat(smtp.messages(email).stream().filter(mail -> mail.text().contains(code)))
                .hasSize(1);
    }

    @Test
    void keepsNoCodeInClearAndWipesEvenTheSealedOne() {
        world.happens(world.codeAskedFor(email, "en", code));
        arrived();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(jobs.to(email))
                        .extracting(JobRows.Row::state)
                        .containsExactly("completed"));

        var row = jobs.to(email).getFirst();
        assertThat(row.sealed()).isNull();
        assertThat(row.everything()).doesNotContain(code).contains(email);
    }

    @Test
    void logsTheWholeJourneyUnderItsTraceId() {
        var event = world.happens(world.codeAskedFor(email, "en", code));
        arrived();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(logs.lines())
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "account.verification-requested",
                                        " sent to a***@example.org",
                                        traceIdOf(event))));
    }

    private Mail arrived() {
        return await().atMost(SOON)
                .until(() -> smtp.messages(email), mails -> !mails.isEmpty())
                .getFirst();
    }
}
