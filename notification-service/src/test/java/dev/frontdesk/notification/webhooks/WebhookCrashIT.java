package dev.frontdesk.notification.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.NotificationApplication;
import dev.frontdesk.notification.Receiver;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes that are killed repeatedly with -9 while they send. {@code -Dfrontdesk.kills=10
 * -Dfrontdesk.webhooks=10000} for a long run.
 */
@ConcurrentTestClass
class WebhookCrashIT {

    private static final Logger log = LoggerFactory.getLogger(WebhookCrashIT.class);
    private static final int KILLS = Integer.getInteger("frontdesk.kills", 1);
    private static final int WEBHOOKS = Integer.getInteger("frontdesk.webhooks", 500);
    private static final int CONCURRENCY = 10;
    private static final Duration SOON = Duration.ofMinutes(5);

    private final TestEnvironment environment = TestEnvironment.with(Server.POSTGRES, Server.REDIS);
    private final AtomicInteger enough = new AtomicInteger(WEBHOOKS / (KILLS + 1));
    private final UUID endpoint = UUID.randomUUID();
    private final SigningSecret secret = SigningSecret.random();
    private volatile Process running = start();

    WebhookCrashIT() throws IOException {}

    @Test
    void everyWebhookArrivesAndAReceiverCanTellWhichCameTwice() throws Exception {
        try (var receiver = new Receiver()) {
            // In the middle of a request, so that there is always a job to take over.
            receiver.answersAlways("/hooks", request -> {
                var process = running;
                if (receiver.ids("/hooks").size() >= enough.get()) {
                    process.destroyForcibly();
                }
                Receiver.status(204).to(request);
            });
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> addWebhooks(receiver.url("/hooks")));
            for (int kill = 1; kill <= KILLS; kill++) {
                int now = WEBHOOKS / (KILLS + 1) * kill;
                enough.set(now);
                assertThat(running.waitFor(SOON)).isTrue();
                assertThat(receiver.ids("/hooks")).hasSizeGreaterThanOrEqualTo(now);
                enough.set(Integer.MAX_VALUE);
                running = start();
            }
            await().atMost(SOON).until(() -> count("state = 'completed'") == WEBHOOKS);
            running.destroyForcibly().waitFor();

            int sent = receiver.received("/hooks").size();
            int twice = sent - receiver.ids("/hooks").size();
            log.info(
                    "{} webhooks, {} kills: {} requests with {} ids; {} ids came again, {} jobs were taken over",
                    WEBHOOKS,
                    KILLS,
                    sent,
                    receiver.ids("/hooks").size(),
                    twice,
                    count("stalls > 0"));
            assertThat(receiver.ids("/hooks")).hasSize(WEBHOOKS);
            assertThat(twice).isLessThanOrEqualTo(KILLS * CONCURRENCY);
        }
    }

    private Process start() throws IOException {
        var variables = new HashMap<>(environment.variables());
        variables.putAll(Map.of(
                "SMTP_HOST", "127.0.0.1",
                "SMTP_PORT", "1",
                // Kafka is down: jobs in the table do not need it.
                "KAFKA_SERVERS", "127.0.0.1:1",
                "SERVER_PORT", "0",
                "MANAGEMENT_SERVER_PORT", "0",
                "FRONTDESK_NOTIFICATION_JOBS_LEASE", "10s",
                "FRONTDESK_NOTIFICATION_JOBS_QUEUES_WEBHOOK_CONCURRENCY", String.valueOf(CONCURRENCY),
                "FRONTDESK_NOTIFICATION_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // It runs only for seconds, so a short startup matters most.
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

    /** Fails until the first process has created the tables. */
    private boolean addWebhooks(String url) throws SQLException {
        var sealed = new SigningSecrets(new SealedSecrets(environment.variable("FRONTDESK_EVENTS_KEY")))
                .seal(secret, WebhookEndpoint.secretOwner(endpoint));
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            update(
                    connection,
                    "INSERT INTO notification.webhook_endpoints (id, tenant, url, description, event_types, secret)"
                            + " VALUES (CAST(? AS uuid), 'acme', ?, '', '{*}', ?)",
                    endpoint.toString(),
                    url,
                    sealed);
            // A job may run at every kill, and none may fail because of that.
            update(
                    connection,
                    "INSERT INTO notification.queues (tenant, name, max_stalls) VALUES ('acme', 'webhook', CAST(? AS int))",
                    String.valueOf(KILLS));
            update(
                    connection,
                    "INSERT INTO notification.webhook_events (tenant, id, type, body)"
                            + " SELECT 'acme', gen_random_uuid(), 'order.paid', '{\"number\":' || number || '}'"
                            + " FROM generate_series(1, CAST(? AS int)) AS number",
                    String.valueOf(WEBHOOKS));
            update(
                    connection,
                    "INSERT INTO notification.jobs (tenant, queue, kind, idempotency_key, priority, max_attempts, payload)"
                            + " SELECT tenant, 'webhook', type, id || ':' || ?, 10, 5,"
                            + " jsonb_build_object('endpoint_id', ?, 'event_id', id) FROM notification.webhook_events",
                    endpoint.toString(),
                    endpoint.toString());
            connection.commit();
            return true;
        }
    }

    private static void update(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private long count(String condition) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT count(*) FROM notification.jobs WHERE " + condition)) {
            found.next();
            return found.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        var url = URI.create(environment.variable("POSTGRES_URL"));
        var user = url.getUserInfo().split(":");
        return DriverManager.getConnection("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath()
                + "?user=" + user[0] + "&password=" + user[1]);
    }
}
