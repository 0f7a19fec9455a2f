package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.notification.jobs.ExhaustedRateLimits;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Checks every few seconds for codes that the rate limit of their queue delays. Runs on every instance. */
@Component
class CodeRateMonitor extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ExhaustedRateLimits limits;
    private final DelayedCodeAlert held;

    CodeRateMonitor(ExhaustedRateLimits limits, DelayedCodeAlert held) {
        super("code rate monitor");
        this.limits = limits;
        this.held = held;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(
                        _ -> unlessStopping(limits.heldBack(CodeQueue.NAME))
                                .doOnNext(held::see)
                                .doOnNext(_ -> recovered())
                                .then()
                                .onErrorResume(this::reported),
                        1);
    }
}
