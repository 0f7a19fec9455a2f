package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;

/**
 * The sessions that were revoked a short while ago. They are remembered for longer than any answer about them can still be
 * on its way or in the cache, so that a look-up which began before the revocation can't bring a session back.
 */
final class Revocations {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int MOST = 500_000;

    private final Cache<UUID, Boolean> revoked;

    Revocations(IdentityCacheProperties properties, Ticker ticker, Recalls recalls) {
        this.revoked = Caffeine.newBuilder()
                .expireAfterWrite(
                        properties.knownFor().plus(properties.answerWithin()).plus(MARGIN))
                .maximumSize(MOST)
                .ticker(ticker)
                .evictionListener((_, _, cause) -> {
                    // Nobody remembers that one any more: whatever is known of it has to go.
                    if (cause == RemovalCause.SIZE) {
                        recalls.recallAll();
                    }
                })
                .build();
    }

    void add(UUID sessionId) {
        revoked.put(sessionId, true);
    }

    boolean contain(UUID sessionId) {
        return revoked.getIfPresent(sessionId) != null;
    }
}
