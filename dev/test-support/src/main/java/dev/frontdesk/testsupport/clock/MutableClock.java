package dev.frontdesk.testsupport.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves. All its views in other zones move with it. */
public final class MutableClock extends Clock {

    private final Now now;
    private final ZoneId zone;

    private MutableClock(Now now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    public static MutableClock at(Instant now) {
        return new MutableClock(new Now(now), ZoneOffset.UTC);
    }

    /** @param now in ISO 8601, for example {@code 2026-11-21T09:00:00Z} */
    public static MutableClock at(String now) {
        return at(Instant.parse(now));
    }

    /** Moves the clock forward, or back by a negative duration, and returns its new time. */
    public Instant advance(Duration by) {
        return now.advance(by);
    }

    public void moveTo(Instant time) {
        now.time = time;
    }

    @Override
    public Instant instant() {
        return now.time;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(now, other);
    }

    @Override
    public String toString() {
        return "MutableClock[" + instant() + "]";
    }

    /** Shared by all views. */
    private static final class Now {

        private volatile Instant time;

        private Now(Instant time) {
            this.time = time;
        }

        private synchronized Instant advance(Duration by) {
            var later = time.plus(by);
            time = later;
            return later;
        }
    }
}
