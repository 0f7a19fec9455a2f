package dev.frontdesk.loadtests.load;

import java.time.Duration;
import java.util.Arrays;

/**
 * A histogram of durations. Each power of two nanoseconds has 64 buckets, so a percentile is wrong by at most 1.6 %. For
 * one thread.
 */
public final class Latencies {

    private static final int BITS = 6;
    private static final int BUCKETS = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * BUCKETS];
    private long total;

    public void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    public long count() {
        return total;
    }

    /** How many were shorter. */
    public long within(Duration most) {
        return Arrays.stream(counts, 0, bucket(most.toNanos())).sum();
    }

    /**
     * @param share 0.5 for the median, 0.99 for the 99th percentile
     * @return microseconds; not a number without a duration
     */
    public double micros(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return middle(bucket) / 1e3;
            }
        }
        return Double.NaN;
    }

    /** Below 64 ns each value has its own bucket; above, the six bits after the highest one select the bucket. */
    private static int bucket(long nanos) {
        if (nanos < BUCKETS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos);
        return (shift + 1) * BUCKETS + (int) (nanos >>> shift) - BUCKETS;
    }

    private static double middle(int bucket) {
        if (bucket < BUCKETS) {
            return bucket;
        }
        int shift = bucket / BUCKETS - 1;
        long lowest = (long) (bucket % BUCKETS + BUCKETS) << shift;
        return lowest + (1L << shift) / 2.0;
    }
}
