package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.localstack.parts.Ports;
import java.time.Duration;

/** A process of the measurement itself, beside which one of our services is measured. */
record Baseline(String title, Process process, int port) implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(3);

    /** Returns when it accepts connections. */
    Measured ready() throws InterruptedException {
        long end = System.nanoTime() + START_WITHIN.toNanos();
        while (!Ports.answers(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(title + " did not start: see its log");
            }
            Thread.sleep(100);
        }
        return Measured.baseline(title, process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
