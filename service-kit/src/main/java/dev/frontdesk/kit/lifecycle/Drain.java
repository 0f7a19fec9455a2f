package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * The time between SIGTERM and the stop of the web server. Spring Boot has already made readiness refuse traffic, but
 * the sources of traffic notice that later. So this instance continues to serve for a while, and asks each client that
 * it answers to close its connection.
 */
final class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Duration wait;
    private volatile boolean running;
    private volatile boolean draining;

    Drain(Duration wait) {
        this.wait = wait;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        draining = true;
        running = false;
        if (wait.isZero()) {
            stopped.run();
            return;
        }
        log.info("Draining: requests are still served for {} until load balancers and clients have left", wait);
        Mono.delay(wait).subscribe(_ -> stopped.run());
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.DRAIN;
    }
}
