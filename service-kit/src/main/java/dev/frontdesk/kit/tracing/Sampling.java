package dev.frontdesk.kit.tracing;

/** Decides, once for each trace, whether its spans are exported. */
public final class Sampling {

    /** Exports no trace that begins here. */
    public static final Sampling NONE = new Sampling(0);

    /** Exports every trace that begins here. */
    public static final Sampling ALL = new Sampling(1);

    private final long below;

    /** @param probability share of the traces, 0 to 1 */
    public Sampling(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "management.tracing.sampling.probability must be between 0 and 1, not " + probability);
        }
        this.below = probability == 1 ? Long.MAX_VALUE : (long) (probability * Long.MAX_VALUE);
    }

    /** @param random the last half of the trace id, at least 1 */
    boolean includes(long random) {
        return random <= below && below > 0;
    }
}
