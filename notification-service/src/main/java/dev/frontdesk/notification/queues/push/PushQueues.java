package dev.frontdesk.notification.queues.push;

import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.notification.jobs.ClaimedJob;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.JobSource;
import dev.frontdesk.notification.jobs.JobsInHand;
import dev.frontdesk.notification.jobs.WorkMode;
import dev.frontdesk.notification.queues.leases.LeasedJobs;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All queues that are worked by push. Jobs in hand are limited per queue and per instance, so that a lane at its own
 * limit takes no capacity from the others.
 */
@Component
final class PushQueues implements JobSource {

    /** Limit per instance; each job in hand holds a payload and a connection. */
    private static final int MOST_AT_ONCE = 200;

    /** Maximum payload characters of one claim. */
    private static final long LARGEST_CLAIM = 4L * 1024 * 1024;

    private final PushLanes lanes;
    private final JobClaims claims;
    private final JobPush jobPush;
    private final BuiltInQueues queues;

    PushQueues(PushLanes lanes, JobClaims claims, JobPush jobPush, BuiltInQueues queues) {
        this.lanes = lanes;
        this.claims = claims;
        this.jobPush = jobPush;
        this.queues = queues;
    }

    @Override
    public String name() {
        return "pushed";
    }

    @Override
    public boolean mayHaveWork(String queue) {
        return queues.addedBy(queue) != AddedBy.SERVICE;
    }

    @Override
    public int concurrency() {
        return MOST_AT_ONCE;
    }

    @Override
    public Duration lease() {
        return JobPush.LEASE;
    }

    @Override
    public Duration timeout() {
        return JobPush.LEASE;
    }

    @Override
    public String span() {
        return "job.push";
    }

    @Override
    public Flux<List<ClaimedJob>> claim(JobsInHand inHand) {
        return lanes.waiting().flatMapIterable(all -> all).concatMap(lane -> claim(lane, inHand), 1);
    }

    private Mono<List<ClaimedJob>> claim(PushLane lane, JobsInHand inHand) {
        String queue = lane.queue().value();
        int ofLane = queues.defaults(queue).concurrency() - inHand.of(lane.tenant(), queue);
        int room = Math.min(ofLane, inHand.room());
        if (room <= 0) {
            return Mono.empty();
        }
        return claims.claim(lane.tenant(), queue, WorkMode.PUSH, room, JobPush.LEASE, LeasedJobs.PUSHED, LARGEST_CLAIM)
                .map(jobs -> jobs.stream()
                        .map(job -> new ClaimedJob(job, jobPush.send(lane, job)))
                        .toList());
    }
}
