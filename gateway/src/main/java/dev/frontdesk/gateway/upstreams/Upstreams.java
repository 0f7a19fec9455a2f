package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.values.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one application. They take turns by their weights; a server that fails several times in a row is left out for
 * some time (passive outlier detection). If all fail, all are tried.
 */
public final class Upstreams {

    public static final int HEAVIEST = 100;

    private final List<Upstream> all;

    /** The order in which they take turns: each as often as its weight says, as evenly as possible. */
    private final Upstream[] turns;

    private final AtomicInteger turn = new AtomicInteger();

    Upstreams(List<Upstream> all) {
        this.all = List.copyOf(all);
        this.turns = turnsOf(all);
    }

    /** Smooth weighted round robin: always the one that is furthest behind its share. */
    private static Upstream[] turnsOf(List<Upstream> all) {
        int total = all.stream().mapToInt(Upstream::weight).sum();
        if (total == 0) {
            throw new IllegalArgumentException("One server at least must have a weight above 0");
        }
        var behind = new int[all.size()];
        var turns = new Upstream[total];
        for (int i = 0; i < total; i++) {
            int next = 0;
            for (int j = 0; j < behind.length; j++) {
                behind[j] += all.get(j).weight();
                next = behind[j] > behind[next] ? j : next;
            }
            behind[next] -= total;
            turns[i] = all.get(next);
        }
        return turns;
    }

    /**
     * @param sticky requests with the same text go to the same server, as long as it answers; null to take turns
     * @param tried servers that this request could not reach
     * @return null if all were tried
     */
    public @Nullable Upstream next(@Nullable String sticky, Collection<Upstream> tried, long now) {
        if (turns.length == 1 || all.size() == 1) {
            return tried.contains(turns[0]) ? null : turns[0];
        }
        return sticky == null ? byTurn(tried, now) : byHash(sticky, tried, now);
    }

    private @Nullable Upstream byTurn(Collection<Upstream> tried, long now) {
        Upstream fallback = null;
        int start = turn.getAndIncrement();
        for (int i = 0; i < turns.length; i++) {
            Upstream candidate = turns[Math.floorMod(start + i, turns.length)];
            if (!tried.contains(candidate)) {
                if (!candidate.isEjected(now)) {
                    return candidate;
                }
                fallback = fallback == null ? candidate : fallback;
            }
        }
        return fallback;
    }

    /** Rendezvous hashing: when a server leaves, only its own requests move. */
    private @Nullable Upstream byHash(String sticky, Collection<Upstream> tried, long now) {
        var candidates = new ArrayList<Upstream>(all.size());
        all.stream()
                .filter(upstream -> upstream.weight() > 0 && !tried.contains(upstream))
                .forEach(candidates::add);
        Comparator<Upstream> byScore = Comparator.comparingDouble(upstream -> scoreOf(upstream, sticky));
        return candidates.stream()
                .filter(upstream -> !upstream.isEjected(now))
                .max(byScore)
                .or(() -> candidates.stream().max(byScore))
                .orElse(null);
    }

    /** The share of texts for which a server has the highest score is its share of the weights. */
    private static double scoreOf(Upstream upstream, String sticky) {
        long hash = ByteBuffer.wrap(Sha256.of(upstream.uri() + " " + sticky)).getLong();
        double uniform = ((hash >>> 11) + 0.5) / (1L << 53);
        return -upstream.weight() / Math.log(uniform);
    }

    public List<Upstream> all() {
        return all;
    }
}
