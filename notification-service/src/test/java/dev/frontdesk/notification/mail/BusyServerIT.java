package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.Fixtures;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A mail server that is slow with other mails, of which thousands wait. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // Longer than the test: slow replies stay slow.
        properties = {
            "frontdesk.notification.mail.idle-timeout=5m",
            "frontdesk.notification.mail.send-timeout=50s",
            "frontdesk.notification.jobs.queues.email.rate-limit=100000"
        })
@WithServers({POSTGRES, REDIS, KAFKA})
@Import(Fixtures.class)
@ConcurrentTestClass
class BusyServerIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ScriptedSmtp SMTP = new ScriptedSmtp();
    private static final int CONNECTIONS = 5;
    private static final int WAITING = 10_000;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Mails mails;

    @Autowired
    private SealedSecrets secrets;

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
    void takesACodeAtOnceWhileAllItsOtherConnectionsAreBusy() {
        var tenant = new TenantId("t" + UUID.randomUUID());
        for (int i = 0; i < CONNECTIONS; i++) {
            SMTP.replies("RCPT TO:<news-", ScriptedSmtp.SILENCE);
        }
        for (int first = 0; first < WAITING; first += Jobs.MOST_AT_ONCE) {
            jobs.addAll(IntStream.range(first, first + Jobs.MOST_AT_ONCE)
                            .mapToObj(number -> news(tenant, number))
                            .toList())
                    .block(SOON);
        }
        await().atMost(SOON).until(() -> SMTP.connections() == CONNECTIONS && recipients() == CONNECTIONS);

        var email = anyEmail();
        mails.sendReset(UUID.randomUUID(), reset(tenant, email)).block(SOON);

        await().atMost(SOON).until(() -> SMTP.mails().stream().anyMatch(mail -> mail.contains("To: " + email)));
        assertThat(SMTP.mails()).hasSize(1);
    }

    private static long recipients() {
        return SMTP.commands().stream()
                .filter(command -> command.startsWith("RCPT TO:<news-"))
                .count();
    }

    private static NewJob news(TenantId tenant, int number) {
        return NewJob.of(
                tenant,
                "email",
                "account.password-changed",
                "{\"to\":\"news-" + number + "@example.org\",\"first_name\":\"Ada\",\"locale\":\"en\"}");
    }

    private PasswordResetRequested reset(TenantId tenant, String email) {
        var reset = UUID.randomUUID();
        return new PasswordResetRequested(
                tenant.value(),
                UUID.randomUUID(),
                reset,
                email,
                "Ada",
                "en",
                secrets.seal(anyCode(), "password-reset:" + reset),
                Instant.now().plus(Duration.ofMinutes(10)));
    }
}
