package dev.frontdesk.gateway.limiter;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a subject has used in this gateway, and what of it Redis does not know yet. */
final class LocalCounter {

    private final Counts all = new Counts();
    private final boolean tellsRedis;
    private Policy policy;

    /** Null if Redis knows everything. */
    private @Nullable Counts untold;

    /** Sent to Redis, which has not answered; null if there is none. */
    private @Nullable Counts sent;

    private UUID batch = new UUID(0, 0);

    LocalCounter(Policy policy, boolean tellsRedis) {
        this.policy = policy;
        this.tellsRedis = tellsRedis;
    }

    /** Counts the request if this gateway's share of the limits has room for it. */
    synchronized Standing take(Limited whole, int gateways, long now) {
        policy = whole.policy();
        Limited limited = whole.share(gateways);
        var standing = all.standing(limited, limited.cost(), now);
        if (standing.longestRefusal() != null) {
            return standing;
        }
        add(limited, limited.cost(), now);
        return all.standing(limited, 0, now);
    }

    /** How the subject would stand if it asked for the request now. */
    synchronized Standing peek(Limited whole, int gateways, long now) {
        return all.standing(whole.share(gateways), whole.cost(), now);
    }

    /** Takes back what {@link #take} has counted at that time. */
    synchronized Standing takeBack(Limited limited, long now) {
        add(limited, -limited.cost(), now);
        return all.standing(limited, 0, now);
    }

    private void add(Limited limited, int requests, long now) {
        all.add(limited.policy(), requests, now);
        if (tellsRedis) {
            if (untold == null) {
                untold = new Counts();
            }
            untold.add(limited.policy(), requests, now);
        }
    }

    /**
     * What Redis should be told: the last batch again until {@link #told} says that Redis has it, so that Redis can't count it
     * twice; null if Redis knows everything.
     */
    synchronized @Nullable UntoldBatch untold(Subject subject, long now) {
        if (sent == null) {
            if (untold == null) {
                return null;
            }
            sent = untold;
            untold = null;
            batch = UUID.randomUUID();
        }
        return new UntoldBatch(subject, batch, sent.forScript(policy, now));
    }

    /** Redis has this batch. */
    synchronized void told(UUID id) {
        if (batch.equals(id)) {
            sent = null;
        }
    }

    synchronized boolean hasUntold() {
        return untold != null || sent != null;
    }
}
