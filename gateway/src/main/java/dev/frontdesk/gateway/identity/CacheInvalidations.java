package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tracks which answers about sessions are void because something happened after they were requested. An answer is
 * judged by when its request began, not by when the answer arrived. So an answer that was still on its way is void too,
 * and all answers about a session become void at once, however many tokens it has.
 */
final class CacheInvalidations {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int MOST = 500_000;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong ofAll = new AtomicLong();
    private final Cache<UUID, Long> ofSession;

    CacheInvalidations(IdentityCacheProperties properties, Ticker ticker) {
        this(properties, ticker, MOST);
    }

    /** @param most maximum number of sessions that are tracked individually; beyond it, all answers become void */
    CacheInvalidations(IdentityCacheProperties properties, Ticker ticker, int most) {
        this.ofSession = Caffeine.newBuilder()
                .expireAfterWrite(
                        properties.knownFor().plus(properties.answerWithin()).plus(MARGIN))
                .maximumSize(most)
                .ticker(ticker)
                .evictionListener((_, _, cause) -> {
                    // An expired entry needs no action: no answer lives longer than that.
                    if (cause == RemovalCause.SIZE) {
                        recallAll();
                    }
                })
                .build();
    }

    /** The number to store with a request that begins now. */
    long now() {
        return count.get();
    }

    /** Invalidates all answers about this session that were requested until now. */
    void recall(UUID sessionId) {
        // Several threads call this: the higher number counts, whichever arrives first.
        ofSession.asMap().merge(sessionId, count.incrementAndGet(), Math::max);
    }

    /** Invalidates all answers that were requested until now. */
    void recallAll() {
        ofAll.accumulateAndGet(count.incrementAndGet(), Math::max);
    }

    /** @param asked the value of {@link #now()} when the request began */
    boolean areVoid(long asked) {
        return asked < ofAll.get();
    }

    /** The same for an answer about this session. */
    boolean areVoid(long asked, UUID sessionId) {
        Long recalled = ofSession.getIfPresent(sessionId);
        return areVoid(asked) || (recalled != null && asked < recalled);
    }
}
