package dev.frontdesk.notification.mail;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.JobFixture;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.jobs.UnknownOutcome;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class SmtpIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final WrittenMail MAIL = new WrittenMail("Hello", "Text", "<p>HTML</p>");

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final Smtp smtp = new Smtp(properties(server.port()));

    @AfterEach
    void close() {
        smtp.destroy();
        server.close();
    }

    @Test
    void keepsItsConnections() {
        verifyEnded(Flux.range(0, 5).concatMap(_ -> send())).verifyComplete();

        assertThat(server.mails()).hasSize(5);
        assertThat(server.commands().stream().filter(command -> command.startsWith("EHLO")))
                .hasSize(1);
    }

    @Test
    void tellsWhatCanNotSucceedFromWhatMay() {
        server.replies("RCPT TO", "550 5.1.1 <ada@example.org>: user unknown", "451 4.7.1 greylisted");

        verifyEnded(send())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PermanentFailure.class)
                        .hasMessageContaining("550 5.1.1 <***>: user unknown"));
        verifyEnded(send())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(RetryableFailure.class)
                        .hasMessageContaining("451 4.7.1 greylisted"));
        verifyEnded(send()).verifyComplete();
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void mayRetryWhenNoServerListens() {
        var noServer = new Smtp(properties(FreePorts.next()));

        verifyEnded(send(noServer)).verifyError(RetryableFailure.class);
        noServer.destroy();
    }

    @Test
    void losesNoConnectionToAServerThatFellSilent() {
        // More often than there are connections in the pool.
        server.replies("MAIL FROM", silences(6));
        for (int i = 0; i < 6; i++) {
            verifyEnded(send()).verifyError(RetryableFailure.class);
        }

        verifyEnded(send()).verifyComplete();
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void logsInAndKeepsTheMailWhenItMayNot() {
        var known = new Smtp(properties(server.port(), "127.0.0.1", "frontdesk", "pass"));
        String hello = "250-scripted\r\n250 AUTH PLAIN";
        server.replies("EHLO", hello, hello);
        server.replies("AUTH PLAIN", "535 5.7.8 wrong", "235 welcome");

        verifyEnded(send(known)).verifyError(RetryableFailure.class);
        verifyEnded(send(known)).verifyComplete();

        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands())
                .contains("AUTH PLAIN " + Base64.getEncoder().encodeToString("\0frontdesk\0pass".getBytes(US_ASCII)));
        known.destroy();
    }

    @Test
    void reportsAnUnknownOutcome() {
        server.replies(".", ScriptedSmtp.HANGS_UP, ScriptedSmtp.SILENCE);

        verifyEnded(send()).verifyError(UnknownOutcome.class);
        verifyEnded(send()).verifyError(UnknownOutcome.class);
        assertThat(server.mails()).hasSize(2);
        verifyEnded(send()).verifyComplete();
    }

    @Test
    void knowsThatNothingWasSentBeforeTheFinalDot() {
        server.replies("DATA", ScriptedSmtp.HANGS_UP, ScriptedSmtp.SILENCE);
        server.replies("RCPT TO", ScriptedSmtp.HANGS_UP);

        for (int i = 0; i < 3; i++) {
            verifyEnded(send()).verifyError(RetryableFailure.class);
        }
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void usesTheReplyToTheWholeMail() {
        server.replies(".", "451 4.3.0 try later", "554 5.6.0 spam");

        verifyEnded(send()).verifyError(RetryableFailure.class);
        verifyEnded(send()).verifyError(PermanentFailure.class);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void endsNoMailThatWasGivenUp() {
        server.replies("DATA", ScriptedSmtp.HELD);
        var sending = send().subscribe();
        await().atMost(SOON).until(() -> server.commands().contains("DATA"));

        sending.dispose();
        server.goOn();

        await().atMost(SOON).until(() -> server.connections() == 0);
        assertThat(server.mails()).isEmpty();
        verifyEnded(send()).verifyComplete();
    }

    @Test
    void sendsNoMailTwiceAtOnce() {
        var patient = new Smtp(properties(server.port(), Duration.ofSeconds(30)));
        server.replies("DATA", ScriptedSmtp.HELD);
        var message = message();
        var first = patient.send(message, false).subscribe();
        await().atMost(SOON).until(() -> server.commands().contains("DATA"));
        first.dispose();

        verifyEnded(patient.send(message, false))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(RetryableFailure.class)
                        .hasMessageContaining("an earlier attempt"));
        server.goOn();
        await().atMost(SOON).until(() -> server.connections() == 0);
        verifyEnded(patient.send(message, false)).verifyComplete();
        assertThat(server.mails()).hasSize(1);
        patient.destroy();
    }

    @Test
    void aMailThatSpeaksOfAnotherIsStillItself() {
        var other = "Message-ID: <" + UUID.randomUUID() + "@example.com>";
        var mail = new WrittenMail("Hello", ".\n" + other + "\n.\nMAIL FROM:<eve@example.org>", null);
        var job = JobFixture.job(UUID.randomUUID(), "test", 1, null);
        var message = MailMessages.message(job, MailAddress.of("ada@example.org"), mail, properties(server.port()));

        verifyEnded(smtp.send(message, false)).verifyComplete();

        assertThat(server.mails())
                .singleElement()
                .satisfies(source -> assertThat(source).contains("Message-ID: <" + job.id(), other, "\n..\n"));
    }

    @Test
    void sendsNoPasswordUnencrypted() {
        assertThatThrownBy(() -> properties(25, "smtp.example.com", "frontdesk", "pass"))
                .hasMessageContaining("starttls");
        assertThatThrownBy(() -> properties(25, "127.0.0.1", "frontdesk", null))
                .hasMessageContaining("must be set together");
        assertThat(properties(25, "127.0.0.1", "frontdesk", "hidden-word"))
                .asString()
                .doesNotContain("hidden-word");
    }

    private static String[] silences(int count) {
        return Collections.nCopies(count, ScriptedSmtp.SILENCE).toArray(String[]::new);
    }

    @Test
    void hasAConnectionForACodeWhileAllOthersAreBusy() {
        var patient = new Smtp(properties(server.port(), Duration.ofSeconds(30)));
        server.replies("DATA", ScriptedSmtp.HELD, ScriptedSmtp.HELD);
        var others = Flux.merge(send(patient), send(patient), send(patient)).subscribe();
        await().atMost(SOON)
                .until(() -> server.commands().stream().filter("DATA"::equals).count() == 2);

        verifyEnded(patient.send(message(), true)).verifyComplete();

        assertThat(server.mails()).hasSize(1);
        others.dispose();
        server.goOn();
        server.goOn();
        patient.destroy();
    }

    private Mono<Void> send() {
        return send(smtp);
    }

    private Mono<Void> send(Smtp way) {
        return Mono.defer(() -> way.send(message(), false));
    }

    private MailMessage message() {
        var job = JobFixture.job(UUID.randomUUID(), "test", 1, null);
        return MailMessages.message(job, MailAddress.of("ada@example.org"), MAIL, properties(server.port()));
    }

    private static MailProperties properties(int port) {
        return properties(port, Duration.ofMillis(800));
    }

    private static MailProperties properties(int port, Duration idleTimeout) {
        return properties(port, "127.0.0.1", null, null, idleTimeout);
    }

    private static MailProperties properties(
            int port, String host, @Nullable String username, @Nullable String password) {
        return properties(port, host, username, password, Duration.ofMillis(800));
    }

    private static MailProperties properties(
            int port, String host, @Nullable String username, @Nullable String password, Duration idleTimeout) {
        return new MailProperties(
                "no-reply@example.com",
                host,
                port,
                username,
                password,
                StartTLSOptions.OPTIONAL,
                2,
                1,
                Duration.ofSeconds(1),
                idleTimeout,
                // The timeout of a mail is a little longer than that of one silence in it.
                idleTimeout.plus(Duration.ofMillis(1200)),
                1,
                Duration.ofSeconds(1),
                1,
                0,
                Duration.ofSeconds(1));
    }
}
