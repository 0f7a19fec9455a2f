package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.identity.AccountSignal;
import java.time.Duration;
import java.util.UUID;

/**
 * The sessions that were revoked a short while ago, by themselves or with all that their account had. They are remembered for longer than any answer about them can still be
 * on its way or in the cache, so that a look-up which began before the revocation can't bring a session back.
 */
final class Revocations {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int MOST = 500_000;

    /** Until then the events of a change have come, or Kafka is away for longer than a revocation is promised for. */
    private static final Duration EVENTS_WITHIN = Duration.ofHours(1);

    private final Cache<UUID, Boolean> revoked;
    private final Cache<UUID, AccountSignal> outdated;

    Revocations(IdentityCacheProperties properties, Ticker ticker, CacheInvalidations cacheInvalidations) {
        this.revoked = Caffeine.newBuilder()
                .expireAfterWrite(
                        properties.knownFor().plus(properties.answerWithin()).plus(MARGIN))
                .maximumSize(MOST)
                .ticker(ticker)
                .evictionListener((_, _, cause) -> {
                    // Nobody remembers that one any more: whatever is known of it has to go.
                    if (cause == RemovalCause.SIZE) {
                        cacheInvalidations.recallAll();
                    }
                })
                .build();
        this.outdated = Caffeine.newBuilder()
                .expireAfterWrite(EVENTS_WITHIN)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    void add(UUID sessionId) {
        revoked.put(sessionId, true);
    }

    /** From now on what was opened with older credentials is over. */
    void add(AccountSignal change) {
        outdated.asMap()
                .merge(
                        change.accountId(),
                        change,
                        (known, heard) -> heard.validFrom() > known.validFrom() ? heard : known);
    }

    boolean contain(OpenSession session) {
        return revoked.getIfPresent(session.caller().sessionId()) != null || isOutdated(session);
    }

    private boolean isOutdated(OpenSession session) {
        AccountSignal change = outdated.getIfPresent(session.caller().accountId());
        return change != null
                && session.credentialsVersion() < change.validFrom()
                && !session.caller().sessionId().equals(change.kept());
    }
}
