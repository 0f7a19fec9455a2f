package dev.frontdesk.notification.jobs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
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
    private JobRows rows;

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
    void signalsAQueueWhenAJobBecomesDueWithoutMovingIt() throws Exception {
        var due = Instant.now().plusSeconds(1);
        var state = signals.heard()
                .filter(heard -> heard.equals(queue) && !Instant.now().isBefore(due))
                .next()
                .map(_ -> state())
                .toFuture();

        jobs.add(NewJob.of(new TenantId("acme"), queue, "later", "{}").dueAt(due))
                .block(SOON);
        signals.tellOfDelay();

        // The running service signals it only after it has moved it.
        assertThat(state.get(20, SECONDS)).isEqualTo("delayed");
    }

    private String state() {
        return String.valueOf(rows.value("SELECT state FROM notification.jobs WHERE queue = ?", queue));
    }
}
