package dev.frontdesk.loadtests.soak;

import java.util.Locale;

/** What a service uses, and what must stay the same. */
enum Resource {
    /** Resident memory of the process. */
    RESIDENT("MB", 15),
    /** Heap in use right after a full collection. */
    HEAP("MB", 5),
    /** Direct memory: of Netty's allocators and of the JVM's buffers. */
    DIRECT("MB", 8),
    THREADS("threads", 5),
    /** Open TCP and other sockets. */
    CONNECTIONS("sockets", 20),
    /** Open file descriptors, sockets included. */
    FILES("files", 20);

    private static final double TOLERATED = 1.05;

    private final String unit;
    private final double noise;

    /** @param noise a change that is smaller says nothing */
    Resource(String unit, double noise) {
        this.unit = unit;
        this.noise = noise;
    }

    String unit() {
        return unit;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean grows(double first, double last) {
        return last > first * TOLERATED && last - first > noise;
    }
}
