package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where a {@link JobWorker} gets its jobs from, and how it treats them. Beans of this type get a worker each. */
public interface JobSource {

    /** The name in logs. */
    String name();

    /** Whether a signal for this queue means that there may be jobs to claim. */
    boolean mayHaveWork(String queue);

    /** Maximum number of jobs in work at the same time. */
    int concurrency();

    /** Number of jobs that the worker may hold beyond those in work. It may change at any time. */
    default int prefetch() {
        return 0;
    }

    /** Time after which another worker may take a job over; renewed while the job is in hand. */
    Duration lease();

    /** Maximum duration of one attempt, which is then cancelled with an unknown outcome. */
    Duration timeout();

    /** Name of the span and the timer of an attempt, for example {@code job.handle}. */
    String span();

    /**
     * Claims at most as many jobs as {@link JobsInHand#room()} says each time it is asked. The worker begins the jobs of
     * each list at once.
     */
    Flux<List<ClaimedJob>> claim(JobsInHand inHand);

    /**
     * Gives back jobs whose claim was made in the database but whose response never reached the worker.
     *
     * @param known all jobs that the worker knows of
     * @return number of jobs
     */
    default Mono<Long> giveBackStrays(Collection<UUID> known) {
        return Mono.just(0L);
    }
}
