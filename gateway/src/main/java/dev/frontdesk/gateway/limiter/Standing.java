package dev.frontdesk.gateway.limiter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a subject stands after a request.
 *
 * @param usages one for each limit of its policy
 */
public record Standing(Limited limited, List<Usage> usages) {

    /** The limit that refuses the request for longest; null if the subject admits it. */
    public @Nullable Usage longestRefusal() {
        Usage longest = null;
        for (Usage usage : usages) {
            if (usage.refuses() && (longest == null || usage.waitMicros() > longest.waitMicros())) {
                longest = usage;
            }
        }
        return longest;
    }

    public @Nullable Usage usage(Bound bound) {
        for (Usage usage : usages) {
            if (usage.bound() == bound) {
                return usage;
            }
        }
        return null;
    }

    boolean refuses() {
        return isEnforced() && longestRefusal() != null;
    }

    boolean isEnforced() {
        return limited.policy().mode() == Policy.Mode.ENFORCE;
    }
}
