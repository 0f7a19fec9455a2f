package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which answers about sessions are void because something happened after they were asked for. An answer is judged by when
 * its question began, not by when it came: so one that was under way is void too, and of however many tokens a session has,
 * all answers are at once.
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

    /** @param most sessions that are told apart; one more, and everything is void */
    CacheInvalidations(IdentityCacheProperties properties, Ticker ticker, int most) {
        this.ofSession = Caffeine.newBuilder()
                .expireAfterWrite(
                        properties.knownFor().plus(properties.answerWithin()).plus(MARGIN))
                .maximumSize(most)
                .ticker(ticker)
                .evictionListener((_, _, cause) -> {
                    // That it ran out of time is what no answer can have outlived.
                    if (cause == RemovalCause.SIZE) {
                        recallAll();
                    }
                })
                .build();
    }

    /** To be kept with a question that begins now. */
    long now() {
        return count.get();
    }

    /** Answers about this session that were asked for until now are void. */
    void recall(UUID sessionId) {
        // Several threads tell of sessions: the later one counts, whichever comes first here.
        ofSession.asMap().merge(sessionId, count.incrementAndGet(), Math::max);
    }

    /** All answers that were asked for until now are void. */
    void recallAll() {
        ofAll.accumulateAndGet(count.incrementAndGet(), Math::max);
    }

    /** @param asked what {@link #now()} was when the question began */
    boolean areVoid(long asked) {
        return asked < ofAll.get();
    }

    /** The same of an answer about this session. */
    boolean areVoid(long asked, UUID sessionId) {
        Long recalled = ofSession.getIfPresent(sessionId);
        return areVoid(asked) || (recalled != null && asked < recalled);
    }
}
