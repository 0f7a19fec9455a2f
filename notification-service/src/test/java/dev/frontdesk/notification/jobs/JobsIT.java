package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The queue with the tests' own handlers; each test has its own queue. */
@RunningService
class JobsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration EXPIRED = Duration.ofMillis(-1);
    private static final Duration LONG_LEASE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final JobProperties QUICK = properties(LONG_LEASE, Duration.ofMillis(100));
    private static final JobProperties WOKEN_ONLY = properties(LONG_LEASE, Duration.ofHours(1));
    private static final TenantId ACME = new TenantId("acme");
    private static final Retries TWICE_MORE = new Retries(3, STEP);

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobRows rows;

    @Autowired
    private TraceCarrier traces;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private BuiltInQueues builtIn;

    @Autowired
    private JobClaims jobClaims;

    @Autowired
    private JobCompletions jobCompletions;

    @Autowired
    private JobSignals signals;

    @Autowired
    private JobRetention retention;

    /** Tenants have not created it, so the service's workers process it. */
    private final String queue = "test-" + UUID.randomUUID();

    private final Disposable.Composite workers = Disposables.composite();

    @AfterEach
    void stopWorkers() {
        workers.dispose();
    }

    @Test
    void takesAKeyOnce() {
        add("same", 10);
        add("same", 10);
        add("other", 10);

        assertThat(claim(10)).hasSize(2);
    }

    @Test
    void claimsByPriorityThenByDueTime() {
        add("ordinary-1", 10);
        add("ordinary-2", 10);
        add("urgent", 0);

        assertThat(claim(1)).extracting(Job::kind).containsExactly("urgent");
        assertThat(claim(1)).extracting(Job::kind).containsExactly("ordinary-1");
        assertThat(claim(1)).extracting(Job::kind).containsExactly("ordinary-2");
        assertThat(claim(1)).isEmpty();
    }

    @Test
    void sharesItsWorkAmongWorkersWithoutDoingAnyTwice() {
        var done = new ConcurrentLinkedQueue<UUID>();
        Flux.range(0, 200).flatMap(i -> jobs.add(job("k" + i)), 16).blockLast(SOON);
        for (int i = 0; i < 3; i++) {
            work(QUICK, job -> Mono.delay(Duration.ofMillis(5)).then(Mono.fromRunnable(() -> done.add(job.id()))));
        }

        await().atMost(SOON).until(() -> countOf("completed") == 200);
        assertThat(done).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void isWokenWithoutWaitingForASweep() {
        var done = ConcurrentHashMap.<String>newKeySet();
        work(WOKEN_ONLY, job -> Mono.fromRunnable(() -> done.add(job.kind())));

        // The first ones may arrive before the listener starts, and the very first is found by the initial poll.
        var added = new AtomicInteger();
        await().atMost(SOON).until(() -> {
            add("k" + added.incrementAndGet(), 10);
            int before = added.get() - 1;
            return before > 1 && done.contains("k" + before);
        });
    }

    @Test
    void worksNoMoreAtOnceThanItMay() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            add("k" + i, 10);
        }
        work(
                QUICK,
                _ -> Mono.fromRunnable(() -> most.accumulateAndGet(atOnce.incrementAndGet(), Math::max))
                        .then(Mono.delay(Duration.ofMillis(50)))
                        .then(Mono.fromRunnable(atOnce::decrementAndGet)));

        await().atMost(SOON).until(() -> countOf("completed") == 20);
        assertThat(most).hasValue(QUICK.concurrency());
    }

    @Test
    void triesAgainLaterAndThenGivesUp() {
        add("k", 10);
        var attempts = new ConcurrentLinkedQueue<Integer>();
        work(QUICK, job -> {
            attempts.add(job.attempt());
            return Mono.error(new RetryableFailure("not now", null));
        });

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(column("failure")).isEqualTo("not now");
    }

    @Test
    void doesNotCountWhatWasNotEvenTried() {
        add("k", 10);
        var attempts = new ConcurrentLinkedQueue<Integer>();
        work(QUICK, job -> {
            attempts.add(job.attempt());
            return attempts.size() < 5 ? Mono.error(new Deferred(Duration.ofMillis(5))) : Mono.just(1);
        });

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(attempts).containsExactly(1, 1, 1, 1, 1);
        assertThat(column("history")).isEqualTo("[]");
    }

    @Test
    void givesUpAtOnceWhatCanNotSucceed() {
        add("k", 10);
        var attempts = new AtomicInteger();
        work(QUICK, _ -> {
            attempts.incrementAndGet();
            return Mono.error(new PermanentFailure("never"));
        });

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).hasValue(1);
        assertThat(column("failure")).isEqualTo("never");
    }

    @Test
    void expiresJobsAndErasesTheirSecrets() {
        jobs.add(job("k").expiringAt(Instant.now().minusSeconds(1))).block(SOON);
        var attempts = new AtomicInteger();
        work(QUICK, _ -> Mono.fromRunnable(attempts::incrementAndGet));

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).hasValue(0);
        assertThat(column("failure")).isEqualTo("expired");
        assertThat(column("sealed")).isNull();
    }

    @Test
    void waitsNoLongerForAnotherAttemptThanItIsWorthDoing() {
        var expiry = Instant.now().plusSeconds(600);
        jobs.add(job("k").expiringAt(expiry)).block(SOON);

        assertThat(end(claim(1).getFirst(), new Outcome.Again(Duration.ofHours(1), "not now")))
                .isTrue();

        assertThat(column("due_at = expires_at")).isEqualTo("t");
    }

    @Test
    void letsAnotherWorkerHaveWhatADeadOneHadClaimed() {
        add("k", 10);
        var dead = claim(1, Duration.ofMillis(500)).getFirst();
        var done = ConcurrentHashMap.<Job>newKeySet();
        work(QUICK, job -> Mono.fromRunnable(() -> done.add(job)));

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(done).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(dead.id());
            assertThat(job.attempt()).isEqualTo(2);
            assertThat(job.stalls()).isEqualTo(1);
            assertThat(job.fence()).isEqualTo(2);
        });
        assertThat(column("history -> 0 ->> 'outcome'")).isEqualTo("stalled");
    }

    @Test
    void takesAJobOverOnceAndThenFailsIt() {
        add("k", 10);
        claim(1, EXPIRED);
        await().atMost(SOON).until(() -> countOf("waiting") == 1);
        claim(1, EXPIRED);

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(column("failure")).isEqualTo("the worker that had it is gone");
        assertThat(column("sealed")).isNull();
        assertThat(column("jsonb_array_length(history)")).isEqualTo("2");
    }

    @Test
    void aLostJobThatMustNotRunTwiceEndsAsUnknown() {
        jobs.add(job("k").notRepeatable()).block(SOON);
        claim(1, EXPIRED);

        await().atMost(SOON).until(() -> countOf("unknown") == 1);
    }

    @Test
    void renewsTheLeaseOfWhatItWorksOn() {
        add("k", 10);
        var times = new AtomicInteger();
        var lease = Duration.ofMillis(1_500);
        work(
                properties(lease, Duration.ofMillis(100)),
                _ -> Mono.fromRunnable(times::incrementAndGet)
                        .then(Mono.delay(lease.multipliedBy(2)))
                        .then());

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(times).hasValue(1);
        assertThat(column("stalls")).isEqualTo("0");
    }

    @Test
    void cutsOffWhatIsCancelled() {
        add("k", 10);
        var began = Sinks.empty();
        var cut = Sinks.empty();
        work(
                properties(Duration.ofMillis(600), Duration.ofMillis(100)),
                _ -> Mono.fromRunnable(began::tryEmitEmpty)
                        .then(Mono.<Void>never())
                        .doOnCancel(cut::tryEmitEmpty));
        began.asMono().block(SOON);

        database.sql("UPDATE jobs SET state = 'cancelled', fence = fence + 1, lease_until = NULL, sealed = NULL,"
                        + " finished_at = now() WHERE queue = '" + queue + "'")
                .then()
                .block(SOON);

        cut.asMono().block(SOON);
        assertThat(countOf("cancelled")).isEqualTo(1);
    }

    @Test
    void aWorkerThatLostItsLeaseCanNotEndTheJob() {
        add("k", 10);
        var late = claim(1, EXPIRED).getFirst();
        await().atMost(SOON).until(() -> countOf("waiting") == 1);

        assertThat(end(late, new Outcome.Done(null))).isFalse();
        var other = claim(1).getFirst();
        assertThat(end(late, new Outcome.Done(null))).isFalse();
        assertThat(end(late, new Outcome.Failed("late"))).isFalse();
        assertThat(end(late, new Outcome.Again(Duration.ZERO, "late"))).isFalse();
        assertThat(jobClaims.progress(late, 50).block(SOON)).isFalse();
        assertThat(jobClaims.renew(List.of(late), LONG_LEASE).block(SOON)).isEmpty();
        assertThat(end(other, new Outcome.Done("{\"pages\": 3}"))).isTrue();
        assertThat(end(other, new Outcome.Done(null))).isFalse();
        assertThat(countOf("completed")).isEqualTo(1);
        assertThat(column("result ->> 'pages'")).isEqualTo("3");
    }

    @Test
    void isDoneWhenItIsDueAndNotBefore() {
        var due = Instant.now().plusMillis(700);
        jobs.add(job("later").dueAt(due)).block(SOON);
        var begun = new ConcurrentLinkedQueue<Instant>();

        work(WOKEN_ONLY, _ -> Mono.fromRunnable(() -> begun.add(Instant.now())));

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(begun).singleElement().satisfies(it -> assertThat(it).isAfterOrEqualTo(due));
    }

    @Test
    void isNotDoneBeforeItIsDueByAHandlerThatClaimsAhead() {
        var due = Instant.now().plusMillis(700);
        jobs.addAll(Collections.nCopies(3, keyless().dueAt(due))).block(SOON);
        var begun = new ConcurrentLinkedQueue<Instant>();

        work(jobClaims, WOKEN_ONLY, true, _ -> Mono.fromRunnable(() -> begun.add(Instant.now())));

        await().atMost(SOON).until(() -> countOf("completed") == 3);
        assertThat(begun).hasSize(3).allSatisfy(it -> assertThat(it).isAfterOrEqualTo(due));
    }

    @Test
    void isTriedAgainAfterItsWaitWithoutWaitingForASweep() {
        add("k", 10);
        var attempts = new AtomicInteger();
        work(
                WOKEN_ONLY,
                _ -> attempts.incrementAndGet() == 1
                        ? Mono.error(new RetryableFailure("not now", null))
                        : Mono.empty());

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(column("history -> 0 ->> 'outcome'")).isEqualTo("retried");
        assertThat(column("history -> 0 ->> 'reason'")).isEqualTo("not now");
    }

    @Test
    void servesTenantsAlikeHoweverManyJobsOneHas() {
        var many = IntStream.range(0, 100).mapToObj(i -> job("many-" + i)).toList();
        jobs.addAll(many).block(SOON);
        var other = new TenantId("other");
        jobs.add(NewJob.of(other, queue, "single", "{}")).block(SOON);
        jobs.add(NewJob.of(new TenantId("third"), queue, "single", "{}")).block(SOON);

        assertThat(claim(4)).extracting(job -> job.tenant().value()).containsExactly("acme", "acme", "other", "third");
    }

    /** A single job waits only for the jobs that run when it arrives, and for its share of the next claim. */
    @Test
    void aHundredThousandJobsOfOneTenantDoNotHoldUpTheOneOfAnother() {
        // A few at a time, because a statement has a timeout.
        for (int i = 0; i < 10; i++) {
            database.sql("INSERT INTO jobs (tenant, queue, kind, priority, max_attempts, payload)" + " SELECT 'acme', '"
                            + queue + "', 'one of many', 0, 3, '{}' FROM generate_series(1, 10000)")
                    .then()
                    .block(SOON);
        }
        var begun = new AtomicInteger();
        var before = new AtomicInteger(-1);
        work(
                jobClaims,
                QUICK,
                true,
                job -> Mono.fromRunnable(() -> {
                            if (job.kind().equals("single")) {
                                before.set(begun.get());
                            }
                            begun.incrementAndGet();
                        })
                        .then(Mono.delay(Duration.ofMillis(1))));
        await().atMost(SOON).until(() -> begun.get() > 500);

        int manyBefore = begun.get();
        long added = System.nanoTime();
        jobs.add(NewJob.of(new TenantId("other"), queue, "single", "{}").withPriority(20))
                .block(SOON);
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> before.get() >= 0);

        System.out.printf(
                "begun %d ms after it was added, behind %d of 100,000%n",
                (System.nanoTime() - added) / 1_000_000, before.get() - manyBefore);
        assertThat(before.get() - manyBefore).isLessThan(3 * 1_000);
        workers.dispose();
        database.sql("DELETE FROM jobs WHERE queue = '" + queue + "' AND state IN ('waiting', 'completed')")
                .then()
                .block(SOON);
    }

    @Test
    void goesRoundTheTenantsWithOnePlaceAtATime() {
        for (String tenant : List.of("a", "b", "c")) {
            jobs.addAll(Collections.nCopies(3, NewJob.of(new TenantId(tenant), queue, "k", "{}")))
                    .block(SOON);
        }
        var served = new ConcurrentLinkedQueue<String>();
        String last = "";
        for (int i = 0; i < 6; i++) {
            last = jobClaims
                    .claim(QUICK.of(queue, QueueLimits.NONE), last, 1, LONG_LEASE, "test", false)
                    .blockOptional(SOON)
                    .orElseThrow()
                    .getFirst()
                    .tenant()
                    .value();
            served.add(last);
        }

        assertThat(served).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void claimsNothingOfAPausedQueueUntilItIsResumed() {
        add("k", 10);
        jobs.add(NewJob.of(new TenantId("other"), queue, "single", "{}")).block(SOON);
        database.sql("INSERT INTO queues (tenant, name, paused) VALUES ('acme', '" + queue + "', true)")
                .then()
                .block(SOON);

        assertThat(claim(1)).extracting(job -> job.tenant().value()).containsExactly("other");
        assertThat(claim(1)).isEmpty();

        database.sql("UPDATE queues SET paused = false WHERE name = '" + queue + "'")
                .then()
                .block(SOON);
        assertThat(claim(1)).hasSize(1);
    }

    @Test
    void beginsNoMoreJobsOfATenantInAWindowThanItsLimit() {
        jobs.addAll(Collections.nCopies(10, keyless())).block(SOON);
        jobs.add(NewJob.of(new TenantId("other"), queue, "single", "{}")).block(SOON);
        var limited = new QueueDefaults(queue, 5, 3, null, Duration.ofHours(1));

        assertThat(claim(limited, 4)).hasSize(3);
        assertThat(claim(limited, 10)).hasSize(1);
        assertThat(claim(limited, 10)).isEmpty();

        // Everything that may be in the last hour counts fully.
        moveWindowBack("59 minutes");
        assertThat(claim(limited, 10)).isEmpty();
        moveWindowBack("67 minutes");
        assertThat(claim(limited, 10)).hasSize(3);
    }

    @Test
    void beginsNoMoreJobsOfAQueueInAWindowThanItsLimitForAll() {
        for (String tenant : List.of("a", "b", "c")) {
            jobs.addAll(Collections.nCopies(3, NewJob.of(new TenantId(tenant), queue, "k", "{}")))
                    .block(SOON);
        }
        var limited = new QueueDefaults(queue, 5, null, 4, Duration.ofHours(1));

        assertThat(claim(limited, 3)).hasSize(3);
        assertThat(claim(limited, 3)).hasSize(1);
        assertThat(claim(limited, 3)).isEmpty();
    }

    @Test
    void twoClaimsAtOnceKeepTheLimitTogether() {
        jobs.addAll(Collections.nCopies(200, keyless())).block(SOON);
        var limited = new QueueDefaults(queue, 5, 50, null, Duration.ofHours(1));

        var claimed = Flux.range(0, 60)
                .flatMap(_ -> jobClaims.claim(limited, "", 3, LONG_LEASE, "test", false), 8)
                .flatMapIterable(Function.identity())
                .count()
                .block(SOON);

        assertThat(claimed).isLessThanOrEqualTo(50).isPositive();
    }

    @Test
    void keepsTheLastOnesThatEndedAndThoseWhoseKeyMayComeAgain() {
        jobs.addAll(Collections.nCopies(5, keyless())).block(SOON);
        add("keyed", 10);
        claim(10).forEach(job -> end(job, new Outcome.Done(null)));
        database.sql("INSERT INTO queues (tenant, name, keep_completed) VALUES ('acme', '" + queue + "', 2)")
                .then()
                .block(SOON);

        retention.run().block(SOON);

        assertThat(countOf("completed")).isBetween(2L, 3L);
        assertThat(column("count(idempotency_key)")).isEqualTo("1");
        assertThat(jobs.add(job("keyed")).block(SOON))
                .extracting(JobReceipt::fresh)
                .isEqualTo(false);
    }

    @Test
    void addsAllOrNothing() {
        var good = keyless();
        var bad = NewJob.of(ACME, queue, "k", "no JSON");

        assertThat(jobs.addAll(List.of(good, bad)).onErrorComplete().block(SOON))
                .isNull();
        assertThat(countOf("waiting")).isZero();
    }

    @Test
    void aJobThatCanNotBeAddedTakesNoneWithIt() {
        var bad = NewJob.of(ACME, queue, "k", "no JSON");

        var added = Flux.range(0, 40)
                .flatMap(i -> jobs.add(i % 8 == 0 ? bad : job("k" + i)).onErrorComplete(), 40)
                .count()
                .block(SOON);

        assertThat(added).isEqualTo(35);
        assertThat(countOf("waiting")).isEqualTo(35);
    }

    @Test
    void tellsTheJobThatHasTheKeyAlready() {
        var first = jobs.add(job("same")).blockOptional(SOON).orElseThrow();
        var second = jobs.addAll(List.of(job("other"), job("same")))
                .blockOptional(SOON)
                .orElseThrow();

        assertThat(first.fresh()).isTrue();
        assertThat(second).extracting(JobReceipt::fresh).containsExactly(true, false);
        assertThat(second.getLast().id()).isEqualTo(first.id());
    }

    @Test
    void finishesWhatItWorksOnBeforeItStops() {
        add("k", 10);
        var began = new AtomicInteger();
        var worker = work(
                QUICK,
                _ -> Mono.fromRunnable(began::incrementAndGet)
                        .then(Mono.delay(Duration.ofMillis(500)))
                        .then());
        await().atMost(SOON).until(() -> began.get() == 1);

        worker.stop().block(SOON);

        assertThat(countOf("completed")).isEqualTo(1);
        add("later", 10);
        assertThat(claim(1)).hasSize(1);
    }

    /** A tenant with a single job leaves room in a claim that is shared with another tenant. */
    @Test
    void claimsAgainWhileThereIsRoom() {
        // Without a signal.
        database.sql("INSERT INTO jobs (tenant, queue, kind, priority, max_attempts, payload)"
                        + " SELECT CASE WHEN i = 1 THEN 'beta' ELSE 'acme' END, '" + queue + "', 'k', 10, 3, '{}'"
                        + " FROM generate_series(1, 20) AS i")
                .then()
                .block(SOON);
        var begun = new AtomicInteger();

        work(WOKEN_ONLY, _ -> {
            begun.incrementAndGet();
            return Mono.never();
        });

        await().atMost(SOON).until(() -> begun.get() == WOKEN_ONLY.concurrency());
    }

    @Test
    void givesBackWhatItWasClaimingWhenItWasStopped() {
        add("k", 10);
        var claimed = Sinks.<Void>empty();
        var answer = Sinks.<Void>empty();
        var slow = new JobClaims(builtIn, database) {
            @Override
            Mono<List<Job>> claim(
                    QueueDefaults queue, String after, int room, Duration lease, String worker, boolean ahead) {
                return super.claim(queue, after, room, lease, worker, ahead)
                        .filter(found -> !found.isEmpty())
                        .doOnNext(_ -> claimed.tryEmitEmpty())
                        .delayUntil(_ -> answer.asMono());
            }
        };
        var worker = work(slow, QUICK, false, _ -> Mono.empty());
        claimed.asMono().block(SOON);

        var stopped = worker.stop().toFuture();
        answer.tryEmitEmpty();

        await().atMost(SOON).until(stopped::isDone);
        assertThat(countOf("waiting")).isEqualTo(1);
        assertThat(column("max(attempts)")).isEqualTo("0");
    }

    @Test
    void givesBackWhatItHadClaimedAheadWhenItStops() {
        jobs.addAll(Collections.nCopies(50, keyless())).block(SOON);
        var go = Sinks.empty();
        var quick = new AtomicInteger();
        // At first they end at once, so that many are claimed ahead; then each waits.
        var worker = work(jobClaims, QUICK, true, _ -> quick.incrementAndGet() <= 20 ? Mono.empty() : go.asMono());
        await().atMost(SOON)
                .until(() -> quick.get() == 20 + QUICK.concurrency() && countOf("active") > QUICK.concurrency());

        var stopped = worker.stop().toFuture();

        await().atMost(SOON).until(() -> countOf("active") == QUICK.concurrency());
        go.tryEmitEmpty();
        await().atMost(SOON).until(stopped::isDone);
        assertThat(countOf("active")).isZero();
        assertThat(column("max(attempts)")).isEqualTo("1");
        assertThat(countOf("waiting", "completed")).isEqualTo(50);
    }

    @Test
    void givesBackWhatDoesNotEndInTimeWhenItStops() {
        jobs.add(keyless().withRetries(new Retries(1, STEP))).block(SOON);
        jobs.add(keyless().notRepeatable()).block(SOON);
        var began = new AtomicInteger();
        var brief = new JobProperties(
                5,
                LONG_LEASE,
                Duration.ofMillis(100),
                STEP,
                Duration.ofMillis(50),
                1,
                10,
                10,
                LONG_LEASE,
                LONG_LEASE,
                Map.of());
        var worker = work(brief, _ -> Mono.fromRunnable(began::incrementAndGet).then(Mono.<Void>never()));
        await().atMost(SOON).until(() -> began.get() == 2);
        workers.dispose();

        worker.stop().block(SOON);

        assertThat(countOf("waiting", "delayed")).isEqualTo(1);
        assertThat(column("min(attempts)")).isEqualTo("0");
        assertThat(countOf("unknown")).isEqualTo(1);
    }

    @Test
    void givesBackWhatWasClaimedWithoutAnAnswer() {
        add("k", 10);
        claim(1);
        database.sql("UPDATE jobs SET started_at = now() - interval '1 minute' WHERE queue = '" + queue + "'")
                .then()
                .block(SOON);
        var attempts = new ConcurrentLinkedQueue<Integer>();

        work(properties(Duration.ofMillis(600), Duration.ofMillis(100)), job -> {
            attempts.add(job.attempt());
            return Mono.empty();
        });

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(attempts).containsExactly(1);
        assertThat(column("stalls")).isEqualTo("0");
    }

    @Test
    void aTimedOutJobThatMustNotRunTwiceEndsAsUnknown() {
        jobs.add(keyless().notRepeatable()).block(SOON);
        work(jobClaims, QUICK, false, Duration.ofMillis(50), _ -> Mono.never());

        await().atMost(SOON).until(() -> countOf("unknown") == 1);
        assertThat(column("failure")).isEqualTo("the attempt timed out");
    }

    private JobWorker work(JobProperties properties, Function<Job, Mono<?>> effect) {
        return work(jobClaims, properties, false, effect);
    }

    private JobWorker work(JobClaims claiming, JobProperties properties, boolean ahead, Function<Job, Mono<?>> effect) {
        return work(claiming, properties, ahead, LONG_LEASE, effect);
    }

    private JobWorker work(
            JobClaims claiming,
            JobProperties properties,
            boolean ahead,
            Duration timeout,
            Function<Job, Mono<?>> effect) {
        var handler = new JobHandler() {
            @Override
            public String queue() {
                return queue;
            }

            @Override
            public Mono<String> handle(Job job) {
                return effect.apply(job).then(Mono.empty());
            }

            @Override
            public int mostClaimedAhead() {
                return ahead ? 1_000 : 0;
            }

            @Override
            public Duration timeout() {
                return timeout;
            }
        };
        var source =
                new HandlerQueue(handler, properties.of(queue, QueueLimits.NONE), claiming, properties.lease(), "test");
        var worker = new JobWorker(source, claiming, jobCompletions, properties, traces, Clock.systemUTC());
        workers.add(worker.run(signals.heard()).subscribe());
        return worker;
    }

    private void add(String key, int priority) {
        jobs.add(job(key).withPriority(priority)).block(SOON);
    }

    private NewJob job(String key) {
        return NewJob.of(ACME, queue, key, "{}")
                .withKey(key)
                .withSecret("a sealed secret")
                .withRetries(TWICE_MORE);
    }

    private NewJob keyless() {
        return NewJob.of(ACME, queue, "k", "{}");
    }

    private boolean end(Job job, Outcome outcome) {
        return jobCompletions
                .end(job.id(), job.fence(), outcome)
                .blockOptional(SOON)
                .orElseThrow();
    }

    private List<Job> claim(int room) {
        return claim(room, LONG_LEASE);
    }

    private List<Job> claim(QueueDefaults limits, int room) {
        return jobClaims
                .claim(limits, "", room, LONG_LEASE, "test", false)
                .blockOptional(SOON)
                .orElseThrow();
    }

    private List<Job> claim(int room, Duration lease) {
        return jobClaims
                .claim(QUICK.of(queue, QueueLimits.NONE), "", room, lease, "test", false)
                .blockOptional(SOON)
                .orElseThrow();
    }

    private void moveWindowBack(String interval) {
        database.sql("UPDATE rates SET started_at = now() - interval '" + interval + "' WHERE queue = '" + queue
                        + "' AND tenant = 'acme'")
                .then()
                .block(SOON);
    }

    /** In one query, because a job may change from one of the states to another at any time. */
    private long countOf(String... states) {
        return Long.parseLong(String.valueOf(rows.value(
                "SELECT count(*) FROM notification.jobs WHERE queue = ? AND state IN ('" + String.join("', '", states)
                        + "')",
                queue)));
    }

    private @Nullable String column(String expression) {
        return rows.value("SELECT " + expression + " FROM notification.jobs WHERE queue = ?", queue);
    }

    private static JobProperties properties(Duration lease, Duration sweep) {
        return new JobProperties(
                5, lease, sweep, STEP, Duration.ofSeconds(5), 1, 10, 10, LONG_LEASE, LONG_LEASE, Map.of());
    }
}
