package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.notification.jobs.JobSignals;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Passes signals on to waiting workers. Every second it wakes them for work that no signal announced, for example when
 * a rate limit has room again.
 */
@Component
final class LeaseSignals extends BackgroundWork {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final JobSignals signals;
    private final LeaseWaiters waiting;

    LeaseSignals(JobSignals signals, LeaseWaiters waiting) {
        super("lease signals");
        this.signals = signals;
        this.waiting = waiting;
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(signals.heard().doOnNext(waiting::wake), beats(SWEEP).doOnNext(_ -> waiting.wakeAll()))
                .thenMany(Flux.never());
    }
}
