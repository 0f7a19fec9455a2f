package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.machine.Measured;
import java.util.function.Supplier;

/**
 * One kind of request to one process.
 *
 * @param name in the figures
 * @param baseline the name of the subject that it is compared with; empty if there is none
 * @param process the process that answers
 * @param port where it listens on this machine
 * @param status of a right response
 * @param leadIn how many requests come before a measurement at least, so that the process knows what it caches
 * @param requests made anew for each round, because some carry an assertion that expires
 * @param beside what runs at the same time, begun with a round and closed at its end
 */
record Subject(
        String name,
        String baseline,
        Measured process,
        int port,
        int status,
        int leadIn,
        Supplier<Requests> requests,
        Supplier<? extends Beside> beside) {

    /** What runs beside the load. */
    interface Beside extends AutoCloseable {
        @Override
        void close();
    }

    Subject(String name, String baseline, Measured process, int port, int status, Supplier<Requests> requests) {
        this(name, baseline, process, port, status, 1, requests);
    }

    Subject(
            String name,
            String baseline,
            Measured process,
            int port,
            int status,
            int leadIn,
            Supplier<Requests> requests) {
        this(name, baseline, process, port, status, leadIn, requests, () -> () -> {});
    }

    /** The same requests to the same process, compared with another subject. */
    Subject named(String otherName, String otherBaseline) {
        return new Subject(otherName, otherBaseline, process, port, status, leadIn, requests, beside);
    }

    /** The same requests to the same process, compared with them. */
    Subject with(String otherName, Supplier<? extends Beside> other) {
        return new Subject(otherName, name, process, port, status, leadIn, requests, other);
    }
}
