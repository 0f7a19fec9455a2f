package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Does nothing, and counts; records the delay between a job's due time and its start. */
final class NoOp implements JobHandler {

    private final String queue;
    private final AtomicInteger handled = new AtomicInteger();
    private final List<Long> late = new ArrayList<>();

    NoOp(String queue) {
        this.queue = queue;
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public int mostClaimedAhead() {
        return 1_000;
    }

    @Override
    public Mono<String> handle(Job job) {
        return Mono.fromRunnable(() -> {
            if (job.kind().equals(Rounds.TIMED)) {
                long millis = System.currentTimeMillis() - job.dueAt().toEpochMilli();
                synchronized (late) {
                    late.add(millis);
                }
            }
            handled.incrementAndGet();
        });
    }

    int handled() {
        return handled.get();
    }

    /** In milliseconds; clears them. */
    Map<String, Long> lateness() {
        synchronized (late) {
            var sorted = late.stream().sorted().toList();
            late.clear();
            return Map.of("p50", at(sorted, 0.5), "p99", at(sorted, 0.99));
        }
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
