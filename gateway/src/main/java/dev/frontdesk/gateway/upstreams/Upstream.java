package dev.frontdesk.gateway.upstreams;

import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of an application, and how it has answered. */
public final class Upstream {

    private static final Logger log = LoggerFactory.getLogger(Upstream.class);
    private static final int LONGEST_DOUBLINGS = 4;

    private final URI uri;
    private final int weight;
    private final int ejectAfter;
    private final long ejectFor;
    private int failures;
    private int ejections;
    private boolean ejected;
    private volatile long ejectedUntil;

    Upstream(URI uri, int weight, int ejectAfter, Duration ejectFor) {
        this.uri = uri;
        this.weight = weight;
        this.ejectAfter = ejectAfter;
        this.ejectFor = ejectFor.toNanos();
    }

    /** {@code http://host:port} or {@code https://host:port}. */
    public URI uri() {
        return uri;
    }

    /** 0 for a server that gets no new requests. */
    int weight() {
        return weight;
    }

    /** @param now what {@link System#nanoTime} is */
    boolean isEjected(long now) {
        long until = ejectedUntil;
        return until != 0 && now - until < 0;
    }

    /** It has answered, or at least shown no failure of its own. */
    public synchronized void succeeded() {
        failures = 0;
        if (ejected) {
            ejected = false;
            ejections = 0;
            ejectedUntil = 0;
            log.info("{} answers again", uri);
        }
    }

    /** It could not be reached, did not answer in time, or answered that it can't work. */
    public synchronized void failed(long now) {
        failures++;
        if (failures >= ejectAfter && !isEjected(now)) {
            if (!ejected) {
                log.warn("{} has failed {} times in a row and gets fewer requests", uri, failures);
            }
            ejected = true;
            // Never 0, which means that it is not ejected.
            ejectedUntil = now + (ejectFor << Math.min(ejections, LONGEST_DOUBLINGS)) | 1;
            ejections++;
        }
    }
}
