package dev.frontdesk.gateway.limiter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may pass.
 *
 * @param standings of each subject, in the order of the call
 * @param degraded whether this gateway has decided by itself, because Redis did not answer
 */
public record Decision(boolean allowed, List<Standing> standings, boolean degraded) {

    public Decision(boolean allowed, List<Standing> standings) {
        this(allowed, standings, false);
    }

    /** The subject that refuses the request for longest; null if it is allowed. */
    public @Nullable Standing refusing() {
        if (allowed) {
            return null;
        }
        Standing longest = null;
        long wait = 0;
        for (Standing standing : standings) {
            Usage refusal = standing.isEnforced() ? standing.longestRefusal() : null;
            if (refusal != null && refusal.waitMicros() > wait) {
                longest = standing;
                wait = refusal.waitMicros();
            }
        }
        return longest;
    }
}
