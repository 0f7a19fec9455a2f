package dev.frontdesk.gateway.limiter;

/** The requests of one window in this gateway, in slots like those of {@code sliding_windows.lua}. Not thread-safe. */
final class SlidingWindow {

    private static final int SLOTS = Bound.OLDER_SLOTS + 1;

    private final Bound bound;
    /** Empty until the first request: most counters have fewer windows, and a flood makes many. */
    private int[] counts = {};

    private long slot;
    private long total;

    SlidingWindow(Bound bound) {
        this.bound = bound;
    }

    /** @param now in µs, from any beginning; never goes back */
    long total(long now) {
        long current = now / bound.slotMicros();
        if (counts.length == 0) {
            slot = Math.max(slot, current);
            return 0;
        }
        for (long ended = Math.max(slot + 1, current - SLOTS + 1); ended <= current; ended++) {
            int index = (int) (ended % SLOTS);
            total -= counts[index];
            counts[index] = 0;
        }
        slot = Math.max(slot, current);
        return total;
    }

    void add(int requests, long now) {
        total(now);
        if (counts.length == 0) {
            counts = new int[SLOTS];
        }
        counts[(int) (slot % SLOTS)] += requests;
        total += requests;
    }

    /** µs until so many requests have ended that at most this number is left; 0 if no more are counted now. */
    long waitFor(long most, long now) {
        long left = total(now);
        long oldest = slot - SLOTS + 1;
        while (left > most && oldest <= slot) {
            left -= count(oldest);
            oldest++;
        }
        return oldest == slot - SLOTS + 1 ? 0 : endOf(oldest - 1, now);
    }

    /** µs until the oldest requests end; 0 if there are none. */
    long reset(long now) {
        return total(now) == 0 ? 0 : waitFor(total - 1, now);
    }

    private long count(long number) {
        return number < 0 || counts.length == 0 ? 0 : counts[(int) (number % SLOTS)];
    }

    private long endOf(long number, long now) {
        return (number + SLOTS) * bound.slotMicros() - now;
    }
}
