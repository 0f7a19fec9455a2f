package dev.frontdesk.gateway.limiter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a policy limits: how many requests at once, and how many in any minute, hour and day. */
public enum Bound {
    BURST("burst", "burst", null),
    MINUTE("minute", "per_minute", Duration.ofMinutes(1)),
    HOUR("hour", "per_hour", Duration.ofHours(1)),
    DAY("day", "per_day", Duration.ofDays(1));

    /** A request counts in its slot and in this number of later ones, see {@code sliding_windows.lua}. */
    static final int OLDER_SLOTS = 30;

    private static final int NANOS_PER_MICRO = 1000;

    private final String label;
    private final String reason;
    private final long slotMicros;
    private final long seconds;

    Bound(String label, String reason, @Nullable Duration length) {
        this.label = label;
        this.reason = reason;
        this.seconds = length == null ? 0 : length.toSeconds();
        this.slotMicros = length == null ? 0 : length.toNanos() / NANOS_PER_MICRO / OLDER_SLOTS;
    }

    /** The name in headers and metrics. */
    public String label() {
        return label;
    }

    /** The {@code reason} of a 429. */
    public String reason() {
        return reason;
    }

    /** The length of the window; 0 for a burst. */
    public long seconds() {
        return seconds;
    }

    long slotMicros() {
        return slotMicros;
    }
}
