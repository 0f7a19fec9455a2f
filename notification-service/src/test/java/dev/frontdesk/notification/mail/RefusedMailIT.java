package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.notification.EventSimulator.verified;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.Fixtures;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "frontdesk.notification.mail.first-backoff=100ms")
@WithServers(
        value = {POSTGRES, REDIS},
        own = KAFKA)
@Import(Fixtures.class)
@ConcurrentTestClass
class RefusedMailIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ScriptedSmtp SMTP = new ScriptedSmtp();

    @RegisterExtension
    final NoSecretsInLogs secrets = new NoSecretsInLogs();

    @Autowired
    private EventSimulator world;

    @Autowired
    private JobRows jobs;

    private final String email = secrets.mustNotTell(anyEmail());

    @DynamicPropertySource
    static void smtp(DynamicPropertyRegistry properties) {
        properties.add("SMTP_HOST", () -> "127.0.0.1");
        properties.add("SMTP_PORT", SMTP::port);
    }

    @AfterAll
    static void close() {
        SMTP.close();
    }

    @Test
    void failsAtOnceWhatTheServerWillNeverTake() {
        SMTP.replies("RCPT TO:<" + email, "550 5.1.1 <" + email + "> unknown");
        world.happens(world.codeAskedFor(email, "en", secrets.mustNotTell(anyCode())));

        var row = ended("failed");

        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.failure()).contains("550 5.1.1 <***> unknown");
        assertThat(row.sealed()).isNull();
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void triesAgainWhatTheServerMayTakeLater() {
        SMTP.replies("RCPT TO:<" + email, "451 4.7.1 greylisted", "452 4.3.1 too busy");
        world.happens(world.codeAskedFor(email, "en", secrets.mustNotTell(anyCode())));

        var row = ended("completed");

        assertThat(row.attempts()).isEqualTo(3);
        assertThat(row.failure()).isNull();
        assertThat(SMTP.mails().stream().filter(mail -> mail.contains("To: " + email)))
                .singleElement()
                .satisfies(mail -> assertThat(mail).contains("Message-ID: <" + row.id() + "@"));
    }

    @Test
    void sendsNoCodeThatNoLongerWorks() {
        var past = Instant.now().minusSeconds(1);
        world.happens(world.codeAskedFor(email, "en", secrets.mustNotTell(anyCode()), past));

        assertThat(ended("failed").failure()).isEqualTo("expired");
        assertThat(attempts()).isZero();
    }

    /**
     * A welcome mail with an unknown outcome is not repeated, because once is better than twice; a code must arrive.
     */
    @Test
    void resendsOnlyRequiredMailsAfterAnUnknownOutcome() {
        SMTP.repliesToTheEndOf("To: " + email, ScriptedSmtp.HANGS_UP);
        world.happens(verified(UUID.randomUUID(), email, "en"));
        assertThat(ended("unknown").attempts()).isEqualTo(1);
        assertThat(mailsTo(email)).hasSize(1);

        var other = secrets.mustNotTell(anyEmail());
        SMTP.repliesToTheEndOf("To: " + other, ScriptedSmtp.HANGS_UP);
        world.happens(world.codeAskedFor(other, "en", secrets.mustNotTell(anyCode())));
        await().atMost(SOON).until(() -> mailsTo(other).size() == 2);
        assertThat(mailsTo(other).stream().map(RefusedMailIT::messageId).distinct())
                .hasSize(1);
    }

    private static List<String> mailsTo(String address) {
        return SMTP.mails().stream()
                .filter(mail -> mail.contains("To: " + address))
                .toList();
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sendsNothingToTwoAddressesInOne() {
        var two = "eve@example.org>\r\nRCPT TO:<" + email;
        world.happens(new AddressAlreadyRegistered("acme", UUID.randomUUID(), two, "Eve", "en"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(jobs.to(two)).singleElement().satisfies(row -> {
                    assertThat(row.state()).isEqualTo("failed");
                    assertThat(row.failure()).isEqualTo("the address is not valid for SMTP");
                }));
        assertThat(attempts()).isZero();
    }

    @Test
    void failsACodeThatWasSealedForAnotherRegistration() {
        var theirs = world.codeAskedFor(anyEmail(), "en", secrets.mustNotTell(anyCode()));
        world.happens(new VerificationRequested(
                theirs.tenant(),
                UUID.randomUUID(),
                email,
                "Eve",
                "en",
                theirs.sealedCode(),
                theirs.expiresAt(),
                false));

        assertThat(ended("failed").failure()).startsWith("the mail could not be rendered");
        assertThat(attempts()).isZero();
    }

    private JobRows.Row ended(String state) {
        return await().atMost(SOON)
                .until(
                        () -> jobs.to(email),
                        rows -> rows.size() == 1 && rows.getFirst().state().equals(state))
                .getFirst();
    }

    private long attempts() {
        return SMTP.commands().stream()
                .filter(command -> command.contains("<" + email))
                .count();
    }
}
