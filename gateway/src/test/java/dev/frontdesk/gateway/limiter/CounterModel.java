package dev.frontdesk.gateway.limiter;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The algorithm of the script for one subject, as plainly as possible: every slot has an entry of a map. */
final class CounterModel {

    private static final long MILLION = 1_000_000;

    private static final List<Bound> WINDOWS = List.of(Bound.MINUTE, Bound.HOUR, Bound.DAY);

    private final Map<Bound, TreeMap<Long, Long>> slots = new EnumMap<>(Bound.class);
    private long bucketAt;
    private long bucketUsed;

    CounterModel() {
        WINDOWS.forEach(window -> slots.put(window, new TreeMap<>()));
    }

    boolean admits(Policy policy, int cost, long now) {
        boolean bucket =
                policy.capacity() == 0 || bucketUsed(policy, now) + cost * MILLION <= policy.capacity() * MILLION;
        return bucket
                && WINDOWS.stream()
                        .filter(window -> policy.limit(window) > 0)
                        .allMatch(window -> used(window, policy, now) + cost <= policy.limit(window));
    }

    void add(Policy policy, int cost, long now) {
        if (policy.capacity() > 0) {
            bucketUsed = Math.max(0, bucketUsed(policy, now) + cost * MILLION);
            bucketAt = now;
        }
        for (Bound window : WINDOWS) {
            if (policy.limit(window) > 0) {
                used(window, policy, now);
                addTo(slotsOf(window), cost, now / window.slotMicros());
            }
        }
    }

    long used(Bound bound, Policy policy, long now) {
        if (bound == Bound.BURST) {
            return (bucketUsed(policy, now) + MILLION - 1) / MILLION;
        }
        var counts = slotsOf(bound);
        counts.headMap(now / bound.slotMicros() - Bound.OLDER_SLOTS).clear();
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** µs until enough requests have left the window; until all have, if that is never enough. */
    long waitFor(Bound window, Policy policy, int cost, long now) {
        long used = used(window, policy, now);
        if (used + cost <= policy.limit(window)) {
            return 0;
        }
        long last = now / window.slotMicros();
        for (var slot : slotsOf(window).entrySet()) {
            used -= slot.getValue();
            last = slot.getKey();
            if (used + cost <= policy.limit(window)) {
                break;
            }
        }
        if (used + cost > policy.limit(window)) {
            last = now / window.slotMicros();
        }
        return (last + Bound.OLDER_SLOTS + 1) * window.slotMicros() - now;
    }

    private TreeMap<Long, Long> slotsOf(Bound window) {
        return requireNonNull(slots.get(window));
    }

    /** A refill is stored only with a request: until then, a new rate holds for all of the time since the last one. */
    private long bucketUsed(Policy policy, long now) {
        return (long) Math.max(0, bucketUsed - (double) (now - bucketAt) * policy.refill());
    }

    private static void addTo(TreeMap<Long, Long> counts, long cost, long slot) {
        if (cost > 0) {
            counts.merge(slot, cost, Long::sum);
            return;
        }
        long back = -cost;
        while (back > 0 && !counts.isEmpty()) {
            var oldest = counts.firstEntry();
            long taken = Math.min(back, oldest.getValue());
            back -= taken;
            if (taken == oldest.getValue()) {
                counts.remove(oldest.getKey());
            } else {
                counts.put(oldest.getKey(), oldest.getValue() - taken);
            }
        }
    }
}
