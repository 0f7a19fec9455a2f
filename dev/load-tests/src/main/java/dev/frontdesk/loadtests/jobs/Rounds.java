package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Each phase adds jobs to a paused queue, resumes it, and ends when all of them are done. A round begins without the jobs
 * of earlier ones, as in the baseline.
 */
final class Rounds {

    static final String TIMED = "timed";

    /** Begins the names of figures that were measured at the rate of the baseline. */
    static final String SAME_RATE = "due_to_start_same_rate_";

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final int BULK = 1_000;
    private static final int MAILS = 1_000;
    private static final String MAIL = "account.password-changed";
    private static final int TIMED_SECONDS = 5;

    private final Jobs jobs;
    private final JobSignals signals;
    private final DatabaseClient database;
    private final NoOp five;
    private final NoOp fifty;
    private final MailsWithoutJobs mailsWithoutJobs;
    private final int count;
    private final int adders;

    /** Jobs a second, in the last phase with five at once. */
    private double processed;

    Rounds(
            Jobs jobs,
            JobSignals signals,
            DatabaseClient database,
            NoOp five,
            NoOp fifty,
            MailsWithoutJobs mailsWithoutJobs,
            int count,
            int adders) {
        this.jobs = jobs;
        this.signals = signals;
        this.database = database;
        this.five = five;
        this.fifty = fifty;
        this.mailsWithoutJobs = mailsWithoutJobs;
        this.count = count;
        this.adders = adders;
    }

    /** @param phases {@code add}, {@code due}, {@code due <jobs a second>} or {@code mails}; empty for all */
    void next(String phases) {
        pause(five.queue(), true);
        pause(fifty.queue(), true);
        database.sql("TRUNCATE jobs").then().block(WITHIN);
        if (phases.isEmpty() || phases.equals("add")) {
            added();
        }
        if (phases.isEmpty() || phases.equals("due")) {
            started(processed / 2, "due_to_start_");
        }
        if (phases.startsWith("due ")) {
            started(Double.parseDouble(phases.substring("due ".length())), SAME_RATE);
        }
        if (phases.isEmpty() || phases.equals("mails")) {
            mailed();
        }
    }

    private void added() {
        tell("added_one_by_one", rate(count, addOneByOne(five.queue())));
        processed = process(five);
        tell("processed_5", processed);
        tell("added_bulk", rate(count, addBulk(fifty.queue())));
        tell("processed_50", process(fifty));
    }

    private void started(double rate, String figure) {
        pause(five.queue(), false);
        int timed = (int) (rate * TIMED_SECONDS);
        addTimed(five.queue(), timed).block(WITHIN);
        awaitEmpty(five.queue());
        five.lateness().forEach((share, millis) -> tell(figure + share, millis));
    }

    private void mailed() {
        pause("email", true);
        addMails().block(WITHIN);
        tell("mails", rate(MAILS, letGo("email")));
        tell("mails_without_jobs", rate(MAILS, mailsWithoutJobs.send(MAILS)));
    }

    private Mono<Void> addOneByOne(String queue) {
        return Flux.range(0, count)
                .flatMap(number -> jobs.add(job(queue, number)), adders)
                .then();
    }

    private Mono<Void> addBulk(String queue) {
        return Flux.range(0, count)
                .map(number -> job(queue, number))
                .buffer(BULK)
                .concatMap(jobs::addAll)
                .then();
    }

    private Mono<Void> addTimed(String queue, int number) {
        Instant first = Instant.now().plusSeconds(3);
        return Flux.range(0, number)
                .map(i -> NewJob.of(TENANT, queue, TIMED, "{}")
                        .dueAt(first.plusMillis(1_000L * TIMED_SECONDS * i / number)))
                .buffer(BULK)
                .concatMap(jobs::addAll)
                .then();
    }

    /** Each mail has a different address, because the mails to one address are limited. */
    private Mono<Void> addMails() {
        return jobs.addAll(IntStream.range(0, MAILS)
                        .mapToObj(_ -> "{\"to\":\"" + UUID.randomUUID()
                                + "@example.org\",\"first_name\":\"Ada\",\"locale\":\"en\"}")
                        .map(payload -> NewJob.of(TENANT, "email", MAIL, payload))
                        .toList())
                .then();
    }

    /** The mail that the jobs send. */
    static WrittenMail mail(MailWriter writer) {
        return writer.write(TENANT, MAIL, "en", Map.of("name", "Ada"))
                .blockOptional(WITHIN)
                .orElseThrow();
    }

    private static NewJob job(String queue, int number) {
        return NewJob.of(TENANT, queue, "no-op", "{\"number\":" + number + "}");
    }

    private double process(NoOp handler) {
        int before = handler.handled();
        double rate = rate(count, letGo(handler.queue()));
        if (handler.handled() - before != count) {
            throw new IllegalStateException((handler.handled() - before) + " effects of " + count + " jobs");
        }
        return rate;
    }

    private Mono<Void> letGo(String queue) {
        return Mono.fromRunnable(() -> {
            pause(queue, false);
            signals.tell(queue);
            awaitEmpty(queue);
        });
    }

    private void awaitEmpty(String queue) {
        // One index scan for each state: a single query would scan the whole table.
        String open = Stream.of("waiting", "delayed", "active")
                .map(state -> "EXISTS (SELECT 1 FROM jobs WHERE queue = '" + queue + "' AND state = '" + state + "')")
                .collect(Collectors.joining(" OR ", "SELECT ", " AS open"));
        database.sql(open)
                .map(row -> Boolean.TRUE.equals(row.get("open", Boolean.class)))
                .one()
                .filter(it -> !it)
                .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofMillis(20)))
                .block(WITHIN);
    }

    private void pause(String queue, boolean paused) {
        database.sql("INSERT INTO queues (tenant, name, paused) VALUES ('" + TENANT.value() + "', '" + queue + "', "
                        + paused + ") ON CONFLICT (tenant, name) DO UPDATE SET paused = excluded.paused")
                .then()
                .block(WITHIN);
    }

    private static double rate(int count, Mono<Void> work) {
        long begun = System.nanoTime();
        work.block(WITHIN);
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private static void tell(String name, double value) {
        System.out.printf(Locale.ROOT, "%s %.3f%n", name, value);
    }
}
