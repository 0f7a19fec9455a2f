package dev.frontdesk.gateway.limiter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counters in the memory of this gateway. A counter stays after Redis is back, so that outages in a row do not give a full
 * limit each.
 */
final class LocalCounters {

    /** At most 700 bytes each. If one is evicted for lack of space, its subject starts anew. */
    private static final int MOST = 50_000;

    /** As long as a request counts for its day. */
    private static final Duration LONGEST = Duration.ofHours(25);

    private final Ticker ticker;
    private final long begin;
    private volatile boolean mayHaveUntold;
    private final Cache<Subject, LocalCounter> counters;

    LocalCounters(Ticker ticker) {
        this.ticker = ticker;
        this.begin = ticker.read();
        this.counters = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(LONGEST)
                .ticker(ticker)
                .build();
    }

    /**
     * Counts the request for all subjects, or for none. While calls run at once, one that is refused may for a moment take
     * the place of another, but never do more pass than the limits say.
     *
     * @param gateways how many share the limits
     */
    Decision take(List<Limited> subjects, int gateways) {
        long now = now();
        boolean allowed = true;
        var standings = new ArrayList<Standing>(subjects.size());
        for (Limited limited : subjects) {
            Standing standing = counterOf(limited).take(limited, gateways, now);
            standings.add(standing);
            allowed &= !standing.refuses();
        }
        mayHaveUntold = true;
        if (!allowed) {
            standings.replaceAll(standing -> takeBack(standing, now));
        }
        return new Decision(allowed, standings);
    }

    private Standing takeBack(Standing standing, long now) {
        return standing.longestRefusal() == null
                ? counterOf(standing.limited()).takeBack(standing.limited(), now)
                : standing;
    }

    /** Null if nothing was counted here. */
    @Nullable LocalCounter find(Subject subject) {
        return counters.getIfPresent(subject);
    }

    /** Whether Redis may not know some requests; cheap enough for every request. */
    boolean mayHaveUntold() {
        return mayHaveUntold;
    }

    /** The subjects with requests that Redis does not know yet. */
    List<Subject> untold() {
        mayHaveUntold = false;
        var subjects = counters.asMap().entrySet().stream()
                .filter(entry -> entry.getValue().hasUntold())
                .map(Map.Entry::getKey)
                .toList();
        mayHaveUntold |= !subjects.isEmpty();
        return subjects;
    }

    /** Redis could not be told about these requests. */
    void keepUntold(Limited requests) {
        counterOf(requests).keepUntold(requests.cost());
        mayHaveUntold = true;
    }

    void forget(Subject subject) {
        counters.invalidate(subject);
    }

    private LocalCounter counterOf(Limited limited) {
        return counters.get(limited.subject(), _ -> new LocalCounter(limited.policy()));
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMicros(ticker.read() - begin);
    }
}
