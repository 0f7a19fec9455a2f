package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.NotificationApplication;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real processes that are killed with -9 while they send. */
@ConcurrentTestClass
class MailCrashIT {

    private static final Logger log = LoggerFactory.getLogger(MailCrashIT.class);

    /** Of the queue: this many mails may be in flight at once. */
    private static final int CONCURRENCY = 5;

    private static final Duration SOON = Duration.ofMinutes(3);

    private final TestEnvironment environment = TestEnvironment.with(Server.POSTGRES, Server.REDIS);

    @Test
    void anotherWorkerSendsClaimedMailsOfAKilledOneUnlessTheirOutcomeIsUnknown() throws Exception {
        var codes = addresses("code");
        var welcomes = addresses("welcome");
        try (var smtp = new ScriptedSmtp()) {
            // The first process gets no reply to these before it is killed: one is not sent, two may have been.
            smtp.replies("RCPT TO:<" + codes.getFirst(), ScriptedSmtp.SILENCE);
            smtp.repliesToTheEndOf("To: " + codes.getLast(), ScriptedSmtp.SILENCE);
            smtp.repliesToTheEndOf("To: " + welcomes.getLast(), ScriptedSmtp.SILENCE);
            var first = start(smtp);
            await().atMost(SOON).ignoreExceptionsInstanceOf(SQLException.class).until(this::isReady);
            addMails(MailKind.VERIFICATION_REQUESTED, true, codes);
            addMails(MailKind.ACCOUNT_VERIFIED, false, welcomes);
            await().atMost(SOON)
                    .until(() -> smtp.commands().contains("RCPT TO:<" + codes.getFirst() + ">")
                            && sent(smtp, codes.getLast()) == 1
                            && sent(smtp, welcomes.getLast()) == 1);
            first.destroyForcibly().waitFor();

            var second = start(smtp);
            await().atMost(SOON).until(() -> count("state NOT IN ('completed', 'unknown')") == 0);
            second.destroyForcibly().waitFor();

            assertThat(codes).allSatisfy(to -> {
                assertThat(state(to)).isEqualTo("completed");
                assertThat(sent(smtp, to)).isPositive();
            });
            assertThat(welcomes)
                    .allSatisfy(
                            to -> assertThat(sent(smtp, to)).isBetween(state(to).equals("completed") ? 1L : 0L, 1L));
            assertThat(sent(smtp, codes.getFirst())).isEqualTo(1);
            assertThat(sent(smtp, codes.getLast())).isEqualTo(2);
            assertThat(state(welcomes.getLast())).isEqualTo("unknown");
            var twice = codes.stream().filter(to -> sent(smtp, to) > 1).count();
            log.info(
                    "of {} mails {} were in the window of the kill and sent twice, {} are unknown",
                    codes.size() + welcomes.size(),
                    twice,
                    count("state = 'unknown'"));
            assertThat(twice).isLessThanOrEqualTo(CONCURRENCY);
        }
    }

    @Test
    void anotherWorkerSendsWhatAKilledOneHadClaimedAndNotBegun() throws Exception {
        var mails = addresses("ahead");
        var begun = mails.subList(0, CONCURRENCY);
        try (var smtp = new ScriptedSmtp()) {
            begun.forEach(to -> smtp.repliesToTheEndOf("To: " + to, ScriptedSmtp.SILENCE));
            var first = start(smtp);
            await().atMost(SOON).ignoreExceptionsInstanceOf(SQLException.class).until(this::isReady);
            addMails(MailKind.ACCOUNT_VERIFIED, false, mails);
            await().atMost(SOON)
                    .until(() -> begun.stream().allMatch(to -> sent(smtp, to) == 1)
                            && count("state = 'active'") > CONCURRENCY);
            first.destroyForcibly().waitFor();

            var second = start(smtp);
            await().atMost(SOON).until(() -> count("state NOT IN ('completed', 'unknown')") == 0);
            second.destroyForcibly().waitFor();

            assertThat(mails).allSatisfy(to -> {
                assertThat(sent(smtp, to)).isEqualTo(1);
                assertThat(state(to)).isEqualTo(begun.contains(to) ? "unknown" : "completed");
            });
        }
    }

    private static List<String> addresses(String kind) {
        return IntStream.range(0, 15).mapToObj(_ -> kind + "." + anyEmail()).toList();
    }

    private static long sent(ScriptedSmtp smtp, String to) {
        return smtp.mails().stream().filter(mail -> mail.contains("To: " + to)).count();
    }

    private Process start(ScriptedSmtp smtp) throws IOException {
        var variables = new HashMap<>(environment.variables());
        variables.putAll(Map.of(
                "SMTP_HOST", "127.0.0.1",
                "SMTP_PORT", String.valueOf(smtp.port()),
                // Kafka is down: jobs in the table do not need it.
                "KAFKA_SERVERS", "127.0.0.1:1",
                "SERVER_PORT", "0",
                "MANAGEMENT_SERVER_PORT", "0",
                // Short, and long enough that a busy machine renews it in time.
                "FRONTDESK_NOTIFICATION_JOBS_LEASE", "10s",
                "FRONTDESK_NOTIFICATION_MAIL_SENDTIMEOUT", "60s"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // It lives for seconds: what matters is how soon it is there.
        var command = new ProcessBuilder(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NotificationApplication.class.getName()));
        command.environment().putAll(variables);
        var process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Fails until the first process has created the table. */
    private boolean isReady() throws SQLException {
        return count("true") == 0;
    }

    private void addMails(MailKind kind, boolean repeatable, List<String> addresses) throws SQLException {
        var secrets = new SealedSecrets(environment.variable("FRONTDESK_EVENTS_KEY"));
        try (var connection = DriverManager.getConnection(jdbc());
                var insert = connection.prepareStatement("INSERT INTO notification.jobs (tenant, queue, kind,"
                        + " idempotency_key, priority, max_attempts, repeatable, expires_at, payload, sealed)"
                        + " VALUES ('acme', 'email', ?, ?, 0, 5, ?, now() + interval '10 min', CAST(? AS jsonb), ?)")) {
            for (String to : addresses) {
                var registration = UUID.randomUUID();
                insert.setString(1, kind.key());
                insert.setString(2, to);
                insert.setBoolean(3, repeatable);
                insert.setString(
                        4,
                        "{\"to\":\"" + to + "\",\"first_name\":\"Ada\",\"locale\":\"en\",\"secret_of\":\""
                                + registration + "\"}");
                insert.setString(5, secrets.seal(anyCode(), kind.purpose(registration)));
                insert.executeUpdate();
            }
        }
    }

    private String jdbc() {
        var url = URI.create(environment.variable("POSTGRES_URL"));
        var user = url.getUserInfo().split(":");
        return "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + "?user=" + user[0]
                + "&password=" + user[1];
    }

    private String state(String to) throws SQLException {
        return value("SELECT state FROM notification.jobs WHERE idempotency_key = '" + to + "'");
    }

    private int count(String condition) throws SQLException {
        return Integer.parseInt(value("SELECT count(*) FROM notification.jobs WHERE " + condition));
    }

    private String value(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc());
                var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }
}
