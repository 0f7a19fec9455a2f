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

    /** At most 2 KB each. If one is evicted for lack of space, its subject starts anew. */
    private static final int MOST = 50_000;

    /** As long as a request counts for its day. */
    private static final Duration LONGEST = Duration.ofHours(25);

    private final Ticker ticker;
    private final boolean tellsRedis;
    private final long begin;
    private volatile boolean mayHaveUntold;
    private final Cache<Subject, LocalCounter> counters;

    /** @param tellsRedis whether what is counted here belongs to the counters in Redis */
    LocalCounters(Ticker ticker, boolean tellsRedis) {
        this(ticker, tellsRedis, MOST);
    }

    /** @param most how many subjects are kept */
    LocalCounters(Ticker ticker, boolean tellsRedis, int most) {
        this.ticker = ticker;
        this.tellsRedis = tellsRedis;
        this.begin = ticker.read();
        this.counters = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(LONGEST)
                .ticker(ticker)
                .build();
    }

    private record Counted(LocalCounter counter, Standing standing) {

        Standing takenBack(long now) {
            return standing.longestRefusal() == null ? counter.takeBack(standing.limited(), now) : standing;
        }
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
        var counted = new ArrayList<Counted>(subjects.size());
        for (Limited limited : subjects) {
            LocalCounter counter = counters.get(limited.subject(), _ -> new LocalCounter(limited.policy(), tellsRedis));
            Standing standing = counter.take(limited, gateways, now);
            counted.add(new Counted(counter, standing));
            allowed &= !standing.refuses();
        }
        if (tellsRedis && !subjects.isEmpty()) {
            mayHaveUntold = true;
        }
        boolean counts = allowed;
        return new Decision(
                allowed,
                counted.stream()
                        .map(it -> counts ? it.standing() : it.takenBack(now))
                        .toList());
    }

    /** What {@link #take} would decide about a request of this subject; counts nothing. */
    Decision peek(Limited limited, int gateways) {
        LocalCounter counted = counters.getIfPresent(limited.subject());
        LocalCounter counter = counted == null ? new LocalCounter(limited.policy(), tellsRedis) : counted;
        Standing standing = counter.peek(limited, gateways, now());
        return new Decision(!standing.refuses(), List.of(standing));
    }

    /** What Redis does not know of this subject; null if it knows everything. */
    @Nullable UntoldBatch untold(Subject subject) {
        LocalCounter counter = mayHaveUntold ? counters.getIfPresent(subject) : null;
        return counter == null ? null : counter.untold(subject, now());
    }

    /** Redis has this batch. */
    void told(UntoldBatch batch) {
        LocalCounter counter = counters.getIfPresent(batch.subject());
        if (counter != null) {
            counter.told(batch.id());
        }
    }

    /** Whether Redis may not know some requests; cheap enough for every request. */
    boolean mayHaveUntold() {
        return mayHaveUntold;
    }

    /** The subjects with requests that Redis does not know yet. */
    List<Subject> subjectsWithUntold() {
        if (!mayHaveUntold) {
            return List.of();
        }
        // Before the search, so that a request that is counted during it sets this again.
        mayHaveUntold = false;
        var subjects = counters.asMap().entrySet().stream()
                .filter(entry -> entry.getValue().hasUntold())
                .map(Map.Entry::getKey)
                .toList();
        if (!subjects.isEmpty()) {
            mayHaveUntold = true;
        }
        return subjects;
    }

    void forget(Subject subject) {
        counters.invalidate(subject);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMicros(ticker.read() - begin);
    }
}
