package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.Happenings.anyCode;
import static dev.frontdesk.notification.Happenings.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.notification.NotificationApplication;
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
import org.junit.jupiter.api.Test;

/** Real processes, killed with -9 while they send. */
class KilledIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestEnvironment environment = TestEnvironment.with(Server.POSTGRES, Server.REDIS);
    private final String email = anyEmail();
    private final String code = anyCode();

    @Test
    void whatAKilledWorkerHadClaimedIsSentByAnother() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            // The first one hears no answer to DATA, and will not live to hear one.
            smtp.replies("DATA", ScriptedSmtp.SILENCE);
            var first = start(smtp);
            await().atMost(SOON).ignoreExceptionsInstanceOf(SQLException.class).until(this::addJob);
            await().atMost(SOON).until(() -> smtp.commands().contains("DATA"));
            assertThat(state()).isEqualTo("active");
            first.destroyForcibly().waitFor();

            var second = start(smtp);
            await().atMost(SOON).until(() -> state().equals("completed"));
            second.destroyForcibly().waitFor();

            assertThat(smtp.mails())
                    .singleElement()
                    .satisfies(mail -> assertThat(mail).contains("To: " + email, code));
            assertThat(value("attempts")).isEqualTo("2");
        }
    }

    private Process start(ScriptedSmtp smtp) throws IOException {
        var variables = new HashMap<>(environment.variables());
        variables.putAll(Map.of(
                "SMTP_HOST", "127.0.0.1",
                "SMTP_PORT", String.valueOf(smtp.port()),
                // Nobody is there: what waits in the table needs no Kafka.
                "KAFKA_SERVERS", "127.0.0.1:1",
                "SERVER_PORT", "0",
                "MANAGEMENT_SERVER_PORT", "0",
                "FRONTDESK_NOTIFICATION_JOBS_LEASE", "2s",
                "FRONTDESK_NOTIFICATION_MAIL_SENDTIMEOUT", "60s"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(
                List.of(java, "-cp", System.getProperty("java.class.path"), NotificationApplication.class.getName()));
        command.environment().putAll(variables);
        var process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Fails until the first process has made the table. */
    private boolean addJob() throws SQLException {
        var registration = UUID.randomUUID();
        var sealed = new EventSecrets(environment.variable("FRONTDESK_EVENTS_KEY"))
                .seal(code, "verification-code:" + registration);
        var payload = "{\"to\":\"" + email + "\",\"first_name\":\"Ada\",\"locale\":\"en\",\"registration_id\":\""
                + registration + "\"}";
        try (var connection = DriverManager.getConnection(jdbc());
                var insert = connection.prepareStatement("INSERT INTO notification.jobs (tenant, queue, kind,"
                        + " idempotency_key, priority, max_attempts, expires_at, payload, sealed)"
                        + " VALUES ('acme', 'email', 'verification-code', 'once', 0, 5, now() + interval '10 min',"
                        + " CAST(? AS jsonb), ?)")) {
            insert.setString(1, payload);
            insert.setString(2, sealed);
            return insert.executeUpdate() == 1;
        }
    }

    private String jdbc() {
        var url = URI.create(environment.variable("POSTGRES_URL"));
        var user = url.getUserInfo().split(":");
        return "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + "?user=" + user[0]
                + "&password=" + user[1];
    }

    private String state() throws SQLException {
        return value("state");
    }

    private String value(String column) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc());
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT " + column + " FROM notification.jobs")) {
            found.next();
            return found.getString(1);
        }
    }
}
