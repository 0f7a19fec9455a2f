package dev.frontdesk.notification.queues;

import static dev.frontdesk.notification.queues.QueueBacklogs.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.queues.QueueBacklogs.Backlog;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** On jobs that no worker sees: in a transaction that is rolled back. */
@RunningService
class QueueBacklogsIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** Two built-in queues that no worker of the service empties, and two of applications. */
    private static final String JOBS = """
            INSERT INTO jobs (tenant, queue, kind, priority, state, due_at, payload, max_attempts)
            SELECT tenant, queue, 'a', priority, state, now() - minutes * interval '1 minute', '{}', 1
            FROM (VALUES ('acme', 'ai', 1, 'waiting', 5),
                         ('acme', 'ai', 1, 'waiting', 4),
                         ('acme', 'ai', 2, 'waiting', 30),
                         ('other', 'ai', 1, 'waiting', 7),
                         ('acme', 'ai', 1, 'delayed', -60),
                         ('acme', 'exports', 1, 'waiting', 3),
                         ('other', 'zebras', 1, 'waiting', 12)) AS row(tenant, queue, priority, state, minutes)
            """;

    @Autowired
    private QueueBacklogs backlogs;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private TransactionalOperator transaction;

    @Test
    void countsTheWaitingJobsOfAllTenantsAndFindsTheOldest() {
        Map<String, Backlog> read = readWith(JOBS);

        assertThat(read.get("ai")).satisfies(it -> {
            assertThat(it.waiting()).isEqualTo(4);
            assertThat(it.age()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
        });
        assertThat(read.get(APPLICATION)).satisfies(it -> {
            assertThat(it.waiting()).isEqualTo(2);
            assertThat(it.age()).isBetween(Duration.ofMinutes(12), Duration.ofMinutes(30));
        });
    }

    @Test
    void knowsNoQueueOfATenant() {
        assertThat(readWith(JOBS))
                .containsOnlyKeys(
                        "ai", "analytics", APPLICATION, "email", "email-codes", "notification", "report", "webhook");
    }

    @Test
    void readsZeroForAnEmptyQueue() {
        assertThat(readWith("SELECT 1").get("ai")).isEqualTo(Backlog.NONE);
    }

    private Map<String, Backlog> readWith(String jobs) {
        return run(database.sql("DELETE FROM jobs WHERE state = 'waiting'")
                .then()
                .then(database.sql(jobs).then())
                .then(backlogs.read()));
    }

    private <T> T run(Mono<T> work) {
        return Objects.requireNonNull(transaction
                .execute(status -> {
                    status.setRollbackOnly();
                    return work;
                })
                .blockFirst(LONG));
    }
}
