package dev.frontdesk.gateway.limiter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the result of {@code take_requests.lua}. */
final class ScriptReply {

    /** Bytes of a subject's header. */
    private static final int HEADER = 56;

    private static final double MILLION = 1e6;
    private static final int MOST_BOUNDS = Bound.values().length;

    private final ByteBuffer bytes;
    private final List<Limited> subjects;
    private final boolean takes;
    private final boolean allowed;
    private final long now;

    private ScriptReply(ByteBuffer bytes, List<Limited> subjects, boolean takes) {
        this.bytes = bytes;
        this.subjects = subjects;
        this.takes = takes;
        this.allowed = bytes.get() == 1;
        this.now = (long) bytes.getDouble();
    }

    /** @param takes false if the request was not to be counted */
    static Decision read(byte[] reply, List<Limited> subjects, boolean takes) {
        return new ScriptReply(ByteBuffer.wrap(reply), subjects, takes).decision();
    }

    private Decision decision() {
        int headers = bytes.position();
        double[][] waits = waits(headers + HEADER * subjects.size());
        var standings = new ArrayList<Standing>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            bytes.position(headers + HEADER * i);
            standings.add(new Standing(subjects.get(i), usages(subjects.get(i), waits[i])));
        }
        return new Decision(allowed, standings);
    }

    /** Of each subject its waits by bound; none of a subject that admits the request. */
    private double[][] waits(int from) {
        var waits = new double[subjects.size()][0];
        bytes.position(from);
        while (bytes.hasRemaining()) {
            int subject = bytes.get() - 1;
            waits[subject] = new double[] {bytes.getDouble(), bytes.getDouble(), bytes.getDouble(), bytes.getDouble()};
        }
        return waits;
    }

    private List<Usage> usages(Limited limited, double[] waits) {
        // The header shows the request as counted, but it was not to be, or another subject has refused it.
        int untaken = takes && allowed || waits.length > 0 ? 0 : limited.cost();
        Policy policy = limited.policy();
        var usages = new ArrayList<Usage>(MOST_BOUNDS);
        bytes.position(bytes.position() + 1 + Double.BYTES);
        double used = Math.max(0, bytes.getDouble() - untaken * MILLION);
        if (policy.capacity() > 0) {
            usages.add(new Usage(
                    Bound.BURST,
                    policy.capacity(),
                    (long) Math.ceil(used / MILLION),
                    (long) Math.ceil(used / policy.refill()),
                    wait(waits, Bound.BURST)));
        }
        add(usages, policy, Bound.MINUTE, untaken, waits);
        add(usages, policy, Bound.HOUR, untaken, waits);
        add(usages, policy, Bound.DAY, untaken, waits);
        return usages;
    }

    private void add(List<Usage> usages, Policy policy, Bound bound, int untaken, double[] waits) {
        long slot = Integer.toUnsignedLong(bytes.getInt());
        long total = Integer.toUnsignedLong(bytes.getInt()) - untaken;
        bytes.getInt();
        int older = bytes.get();
        if (policy.limit(bound) > 0) {
            long reset = total <= 0 ? 0 : (slot - older + Bound.OLDER_SLOTS + 1) * bound.slotMicros() - now;
            usages.add(new Usage(bound, policy.limit(bound), Math.max(0, total), reset, wait(waits, bound)));
        }
    }

    private static long wait(double[] waits, Bound bound) {
        return waits.length == 0 ? 0 : (long) waits[bound.ordinal()];
    }
}
