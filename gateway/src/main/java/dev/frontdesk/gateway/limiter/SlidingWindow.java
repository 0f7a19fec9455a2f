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

    /** @param now in µs, from any beginning; a little less than before if threads overtake each other */
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

    /** In the slot of that time, so that what is taken back is taken from where it was counted. */
    void add(int requests, long now) {
        total(now);
        long number = now / bound.slotMicros();
        if (number <= slot - SLOTS) {
            return;
        }
        if (counts.length == 0) {
            counts = new int[SLOTS];
        }
        counts[(int) (number % SLOTS)] += requests;
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

    /**
     * The requests by the age of their slot, the newest first; empty if there are none. Where Redis' slots begin is not known,
     * so each is one slot younger here: none ends too early.
     */
    int[] byAge(long now) {
        total(now);
        if (counts.length == 0) {
            return counts;
        }
        var ages = new int[SLOTS - 1];
        ages[0] = (int) count(slot);
        for (int age = 1; age < SLOTS; age++) {
            ages[age - 1] += (int) count(slot - age);
        }
        return ages;
    }

    private long count(long number) {
        return number < 0 || counts.length == 0 ? 0 : counts[(int) (number % SLOTS)];
    }

    private long endOf(long number, long now) {
        return (number + SLOTS) * bound.slotMicros() - now;
    }
}
