package dev.frontdesk.notification.jobs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.servers.Database;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** When queues are signalled; each test has its own queue without a worker, and an instance that hardly ever sweeps. */
@RunningService
class DueJobsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SELDOM = Duration.ofHours(1);

    @Autowired
    private Jobs jobs;

    @Autowired
    private DatabaseClient database;

    private final String queue = "test-" + UUID.randomUUID();

    private JobSignals signals;
    private DueJobs dueJobs;

    @BeforeEach
    void start(@Autowired ConnectionFactory connections) {
        signals = new JobSignals(database, connections);
        dueJobs = new DueJobs(
                database,
                signals,
                new JobProperties(5, SELDOM, SELDOM, SELDOM, SELDOM, 1, 1000, 5000, SELDOM, SELDOM, Map.of()));
        dueJobs.start();
    }

    @AfterEach
    void stop() {
        dueJobs.stop(() -> {});
    }

    @Test
    void signalsAQueueWhenAJobBecomesDueWithoutMovingIt(@Autowired Database servers) throws Exception {
        var due = Instant.now().plusSeconds(1);
        var signalled = signals.heard()
                .filter(heard -> heard.equals(queue) && !Instant.now().isBefore(due))
                .next()
                .toFuture();
        jobs.add(NewJob.of(new TenantId("acme"), queue, "later", "{}").dueAt(due))
                .block(SOON);

        // A locked job is not moved, however late the signal comes.
        try (var other = servers.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM notification.jobs WHERE queue = '" + queue + "' FOR UPDATE");
            signals.tellOfDelay();

            assertThat(signalled.get(20, SECONDS)).isEqualTo(queue);
            other.rollback();
        }
    }
}
