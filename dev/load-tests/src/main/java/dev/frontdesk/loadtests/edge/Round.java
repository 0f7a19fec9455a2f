package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.Measured.Used;

/**
 * What one round with closed connections measured.
 *
 * @param rate right responses a second
 * @param processor microseconds of processor time a request
 * @param p50 microseconds
 * @param p99 microseconds
 * @param allocated bytes a request
 */
record Round(double rate, double processor, double p50, double p99, double allocated) {

    static Round of(Sent sent, Used used) {
        double requests = Math.max(1, sent.requests());
        return new Round(
                sent.rate(),
                used.processor().toNanos() / 1e3 / requests,
                sent.latencies().micros(0.5),
                sent.latencies().micros(0.99),
                used.allocated() / requests);
    }
}
