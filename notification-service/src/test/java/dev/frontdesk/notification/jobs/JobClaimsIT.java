package dev.frontdesk.notification.jobs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which jobs are claimed, in which order, and how they count against a rate limit; each test has its own queue without
 * a worker.
 */
@RunningService
class JobClaimsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobRows rows;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private BuiltInQueues builtIn;

    @Autowired
    private JobClaims jobClaims;

    @Autowired
    private JobCompletions jobCompletions;

    private final String queue = "test-" + UUID.randomUUID();

    @Test
    void oneClaimSkipsThousandsOfExpiredJobs() {
        addExpired(5_000);
        jobs.add(job("live").withPriority(50)).block(SOON);

        assertThat(claim(limited(3), 1)).extracting(Job::kind).containsExactly("live");
        assertThat(used("acme")).isEqualTo("1");
        assertThat(column("max(fence)")).isEqualTo("1");
    }

    @Test
    void endsWhatIsExpiredManyAtATimeAndWipesItsSecrets() {
        addExpired(3_000);

        await().atMost(SOON).until(() -> "3000".equals(column("count(*) FILTER (WHERE state = 'failed')")));
        assertThat(column("count(DISTINCT finished_at) <= 6")).isEqualTo("t");
        assertThat(column("string_agg(DISTINCT failure, ',')")).isEqualTo("expired");
        assertThat(column("count(sealed) + max(attempts)")).isEqualTo("0");
    }

    @Test
    void endsWhatExpiresWhileItIsDelayedOrItsQueueIsPaused() {
        database.sql("INSERT INTO queues (tenant, name, paused) VALUES ('acme', '" + queue + "', true)")
                .then()
                .block(SOON);
        Instant past = Instant.now().minusSeconds(1);
        jobs.add(job("waiting").expiringAt(past)).block(SOON);
        jobs.add(job("delayed").dueAt(Instant.now().plusSeconds(3600)).expiringAt(past))
                .block(SOON);

        await().atMost(SOON).until(() -> "2".equals(column("count(*) FILTER (WHERE state = 'failed')")));
    }

    @Test
    void beginsWithTheFirstThatWasAddedInABulk() {
        jobs.addAll(Stream.of("z", "y", "x", "b", "a")
                        .map(key -> job(key).withKey(key))
                        .toList())
                .block(SOON);

        var one = claim(unlimited(), 1).getFirst();
        assertThat(one.kind()).isEqualTo("z");
        assertThat(kinds(claim(unlimited(), 2))).containsExactly("y", "x");
        jobClaims.giveBack(List.of(one)).block(SOON);
        assertThat(kinds(claim(unlimited(), 10))).containsExactly("z", "b", "a");
    }

    @Test
    void beginsWithTheFirstThatWasAddedOfThoseThatAreDueTogether() {
        var due = Instant.now().plusMillis(500);
        var added = IntStream.range(0, 40).mapToObj(i -> "k" + i).toList();
        Flux.fromIterable(added)
                .concatMap(kind -> jobs.add(job(kind).dueAt(due)))
                .blockLast(SOON);

        await().atMost(SOON)
                .until(() -> "40".equals(column("count(*) FILTER (WHERE state = 'waiting' AND due_at <= now())")));
        var claimed = new ArrayList<String>();
        for (int room : new int[] {1, 1, 3, 35}) {
            claimed.addAll(kinds(claim(unlimited(), room)));
        }
        assertThat(claimed).isEqualTo(added);
    }

    @Test
    void takesADelayedJobThatHasBecomeDueInItsPlaceByPriority() {
        var later = Instant.now().plusSeconds(3600);
        jobs.addAll(List.of(
                        job("urgent").withPriority(1).dueAt(later),
                        job("unhurried").withPriority(90).dueAt(later)))
                .block(SOON);
        jobs.add(job("waiting").withPriority(50)).block(SOON);
        jobs.add(job("not due").withPriority(0).dueAt(later)).block(SOON);
        becomeDue("kind <> 'not due'");

        assertThat(kinds(claim(unlimited(), 10))).containsExactly("urgent", "waiting", "unhurried");
    }

    @Test
    void takesTurnsWithATenantThatOnlyHasDelayedJobs() {
        var later = Instant.now().plusSeconds(3600);
        jobs.addAll(Collections.nCopies(4, job("waiting"))).block(SOON);
        jobs.addAll(Collections.nCopies(
                        4, NewJob.of(OTHER, queue, "delayed", "{}").dueAt(later)))
                .block(SOON);
        becomeDue("kind = 'delayed'");

        assertThat(kinds(claim(unlimited(), 4))).containsExactlyInAnyOrder("waiting", "waiting", "delayed", "delayed");
        assertThat(kinds(claim(unlimited(), 10))).hasSize(4);
    }

    @Test
    void aClaimLeavesTheOtherJobsForOneThatRunsBesideIt(@Autowired Database servers) throws Exception {
        var later = Instant.now().plusSeconds(3600);
        jobs.addAll(Collections.nCopies(3, job("waiting"))).block(SOON);
        jobs.addAll(Collections.nCopies(3, job("delayed").dueAt(later))).block(SOON);
        becomeDue("kind = 'delayed'");
        try (var other = servers.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SET search_path = notification");
            statement.execute("SELECT FROM claim_jobs('%s', '', 3, 60000, 'other', NULL, 1000, NULL)".formatted(queue));

            assertThat(claim(unlimited(), 10)).hasSize(3);
            other.rollback();
        }
    }

    @Test
    void releasedJobsCostNoRateOfTheTenantNorOfTheQueue() {
        jobs.addAll(Collections.nCopies(10, job("k"))).block(SOON);
        var both = new QueueDefaults(queue, 5, 3, 4, Duration.ofHours(1));

        jobClaims.giveBack(claim(both, 3)).block(SOON);
        assertThat(used("acme") + " " + used("*")).isEqualTo("0 0");
        assertThat(claim(both, 10)).hasSize(3);
        assertThat(claim(both, 10)).isEmpty();
    }

    @Test
    void whatWasNotEvenTriedCostsNoRate() {
        jobs.addAll(Collections.nCopies(6, job("k"))).block(SOON);

        for (Job job : claim(limited(3), 3)) {
            jobCompletions
                    .end(job.id(), job.fence(), new Outcome.Postponed(Duration.ofHours(1)))
                    .block(SOON);
        }
        assertThat(used("acme")).isEqualTo("0");
        claim(limited(3), 3)
                .forEach(job -> jobCompletions
                        .end(job.id(), job.fence(), new Outcome.Done(null))
                        .block(SOON));
        assertThat(used("acme")).isEqualTo("3");
    }

    @Test
    void claimsWithoutAWorkerCostNoRate() {
        jobs.addAll(Collections.nCopies(3, job("k"))).block(SOON);
        claim(limited(3), 3);
        passes("30 seconds");

        assertThat(jobClaims.giveBackStrays(queue, "test", List.of()).block(SOON))
                .isEqualTo(3);
        assertThat(claim(limited(3), 3)).hasSize(3);
    }

    @Test
    void aLateReleaseIsSubtractedFromTheTimeOfItsClaim() {
        jobs.addAll(Collections.nCopies(10, job("k"))).block(SOON);
        var early = claim(limited(5), 2);
        passes("30 minutes");
        assertThat(claim(limited(5), 1)).hasSize(1);
        assertThat(used("acme")).isEqualTo("3");

        jobClaims.giveBack(early).block(SOON);
        assertThat(used("acme")).isEqualTo("1");
        // When the earlier time is over, the later one still counts.
        passes("40 minutes");
        assertThat(claim(limited(5), 10)).hasSize(4);
    }

    @Test
    void aReleaseAfterItsWindowChangesNoRate() {
        jobs.addAll(Collections.nCopies(10, job("k"))).block(SOON);
        var early = claim(limited(5), 2);
        passes("70 minutes");
        assertThat(claim(limited(5), 5)).hasSize(5);

        jobClaims.giveBack(early).block(SOON);
        assertThat(claim(limited(5), 5)).isEmpty();
    }

    @Test
    void aJobThatWasClaimedAheadWaitsAgainWhenItsWorkerIsGone() {
        jobs.addAll(List.of(job("not begun").notRepeatable(), job("begun").notRepeatable()))
                .block(SOON);
        var claimed = claim(unlimited(), 2, true);
        change("claimed_ahead = false", "kind = 'begun'");
        change("max_attempts = 2", "true");

        losesItsWorker();
        await().atMost(SOON).until(() -> "1".equals(column("count(*) FILTER (WHERE state = 'waiting')")));
        assertThat(claimed).hasSize(2);
        assertThat(column("string_agg(kind || ': ' || state || ' ' || stalls || ' ' || attempts, ', ' ORDER BY kind)"))
                .isEqualTo("begun: unknown 1 1, not begun: waiting 0 0");
        assertThat(column("max(history -> 0 ->> 'outcome') FILTER (WHERE kind = 'not begun')"))
                .isEqualTo("not_begun");
    }

    @Test
    void aJobThatTenWorkersHaveNotSurvivedFails() {
        jobs.add(job("k")).block(SOON);
        claim(unlimited(), 1, true);
        change(
                "history = (SELECT jsonb_agg(jsonb_build_object('outcome', 'not_begun')) FROM generate_series(1, 9))",
                "true");
        losesItsWorker();
        await().atMost(SOON).until(() -> "waiting".equals(column("max(state)")));

        claim(unlimited(), 1, true);
        losesItsWorker();
        await().atMost(SOON).until(() -> "failed".equals(column("max(state)")));
    }

    @Test
    void aClaimThatIsNotAheadIsBegun() {
        jobs.add(job("k").notRepeatable()).block(SOON);
        jobClaims.giveBack(claim(unlimited(), 1, true)).block(SOON);
        claim(unlimited(), 1);

        losesItsWorker();
        await().atMost(SOON).until(() -> "unknown".equals(column("max(state)")));
    }

    private void losesItsWorker() {
        change("lease_until = now()", "lease_until IS NOT NULL");
    }

    private void change(String assignment, String condition) {
        database.sql("UPDATE jobs SET %s WHERE queue = '%s' AND %s".formatted(assignment, queue, condition))
                .then()
                .block(SOON);
    }

    @Test
    void leavesToTheServiceWhatItWorksUnlessTheTenantSaysOtherwise(@Autowired JobProperties properties) {
        jobs.add(job("k")).block(SOON);
        var ours = new BuiltInQueue() {
            @Override
            public String name() {
                return queue;
            }

            @Override
            public AddedBy addedBy() {
                return AddedBy.SERVICE_OR_CLIENTS;
            }
        };

        assertThat(leased(new JobClaims(new BuiltInQueues(List.of(ours), properties), database)))
                .isEmpty();
        assertThat(leased(jobClaims)).hasSize(1);
    }

    private List<Job> leased(JobClaims claims) {
        return claims.claim(ACME, queue, WorkMode.LEASE, 1, LEASE, "lease:test", 1_000)
                .blockOptional(SOON)
                .orElseThrow();
    }

    /**
     * In whatever order the planner joins: here it reads the table, in which the job with the lower id comes last. Two
     * statements with the same jobs would otherwise wait for each other.
     */
    @Test
    void renewsLeasesInTheOrderOfTheIds(@Autowired Database servers) throws Exception {
        var claimed = twoJobs();
        var session = session();
        try (var other = servers.connect()) {
            lock(other, claimed.getFirst());

            var renewed = new JobClaims(builtIn, DatabaseClient.create(session))
                    .renew(claimed.reversed(), LEASE)
                    .toFuture();

            lockBehind(other, claimed);
            assertThat(renewed.get(20, SECONDS)).hasSize(2);
        } finally {
            end(session);
        }
    }

    @Test
    void endsJobsInTheOrderOfTheirIds(@Autowired Database servers, @Autowired JobSignals signals) throws Exception {
        jobs.addAll(List.of(job("first"), job("second"))).block(SOON);
        var before = claim(unlimited(), 2);
        var claimed = twoJobs();
        var session = session();
        var completions = new JobCompletions(DatabaseClient.create(session), signals);
        try (var first = servers.connect();
                var other = servers.connect()) {
            lock(first, before.getFirst());
            lock(other, claimed.getFirst());
            // Two statements are on their way, so that the next two jobs go together.
            var ended = Flux.fromStream(Stream.concat(before.stream(), claimed.reversed().stream()))
                    .flatMap(job -> completions.end(job.id(), job.fence(), new Outcome.Done(null)), 4)
                    .collectList()
                    .toFuture();
            var late = claimed.getFirst();
            var ofAnEarlierClaim = completions
                    .end(late.id(), late.fence() - 1, new Outcome.Done(null))
                    .toFuture();
            first.rollback();

            lockBehind(other, claimed);
            assertThat(ended.get(20, SECONDS)).containsExactly(true, true, true, true);
            assertThat(ofAnEarlierClaim.get(20, SECONDS)).isFalse();
        } finally {
            end(session);
        }
    }

    /** Two claimed jobs in the order of their ids, and in the table the other way round. */
    private List<Job> twoJobs() {
        jobs.addAll(List.of(job("a"), job("b"))).block(SOON);
        var claimed = claim(unlimited(), 2).stream()
                .sorted(Comparator.comparing(Job::id))
                .toList();
        jobClaims.progress(claimed.getFirst(), 1).block(SOON);
        return claimed;
    }

    /** A connection whose planner can only read whole tables to join them. */
    private SingleConnectionFactory session() {
        var session = new SingleConnectionFactory(
                Mono.from(database.getConnectionFactory().create())
                        .blockOptional(SOON)
                        .orElseThrow(),
                database.getConnectionFactory().getMetadata(),
                true);
        execute(session, "SET enable_seqscan = on");
        for (String way : List.of("nestloop", "mergejoin", "indexscan", "indexonlyscan", "bitmapscan")) {
            execute(session, "SET enable_" + way + " = off");
        }
        return session;
    }

    /** The connection goes back to the pool, for other tests: as it came from there. */
    private static void end(SingleConnectionFactory session) {
        execute(session, "RESET ALL");
        session.destroy();
    }

    private static void execute(SingleConnectionFactory session, String sql) {
        DatabaseClient.create(session).sql(sql).then().block(SOON);
    }

    private static void lock(Connection connection, Job job) throws SQLException {
        connection.setAutoCommit(false);
        row(connection, job, "FOR UPDATE");
    }

    /** Once the first of these jobs is waited for: locks the second, which must still be free, and lets go of both. */
    private void lockBehind(Connection connection, List<Job> claimed) throws SQLException {
        await().atMost(SOON)
                .until(
                        () -> rows.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = ?"
                                        + " AND datname = current_database()",
                                "Lock"),
                        "1"::equals);
        row(connection, claimed.getLast(), "FOR UPDATE NOWAIT");
        connection.rollback();
    }

    private static void row(Connection connection, Job job, String lock) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM notification.jobs WHERE id = '" + job.id() + "' " + lock);
        }
    }

    private void addExpired(int many) {
        for (int i = 0; i < many; i += 1_000) {
            jobs.addAll(Collections.nCopies(
                            1_000,
                            job("expired")
                                    .withPriority(0)
                                    .withSecret("sealed")
                                    .expiringAt(Instant.now().minusSeconds(60))))
                    .block(SOON);
        }
    }

    private NewJob job(String kind) {
        return NewJob.of(ACME, queue, kind, "{}");
    }

    private QueueDefaults unlimited() {
        return new QueueDefaults(queue, 5, null, null, Duration.ofHours(1));
    }

    private QueueDefaults limited(int jobsAnHour) {
        return new QueueDefaults(queue, 5, jobsAnHour, null, Duration.ofHours(1));
    }

    private List<Job> claim(QueueDefaults limits, int room) {
        return claim(limits, room, false);
    }

    private List<Job> claim(QueueDefaults limits, int room, boolean ahead) {
        return jobClaims
                .claim(limits, "", room, LEASE, "test", ahead)
                .blockOptional(SOON)
                .orElseThrow();
    }

    private static List<String> kinds(List<Job> claimed) {
        return claimed.stream().map(Job::kind).toList();
    }

    /** Just now: what stays unclaimed for longer is moved to waiting. */
    private void becomeDue(String condition) {
        database.sql("UPDATE jobs SET due_at = now() WHERE queue = '%s' AND state = 'delayed' AND %s"
                        .formatted(queue, condition))
                .then()
                .block(SOON);
    }

    private void passes(String interval) {
        for (String table : List.of("rates", "jobs")) {
            database.sql("UPDATE %s SET started_at = started_at - interval '%s' WHERE queue = '%s'"
                            .formatted(table, interval, queue))
                    .then()
                    .block(SOON);
        }
    }

    private String used(String tenant) {
        return String.valueOf(rows.value(
                "SELECT (SELECT sum(n) FROM unnest(used) AS n) FROM notification.rates WHERE queue = ? AND tenant = '"
                        + tenant + "'",
                queue));
    }

    private String column(String expression) {
        return String.valueOf(rows.value("SELECT " + expression + " FROM notification.jobs WHERE queue = ?", queue));
    }
}
