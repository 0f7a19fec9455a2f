package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.identity.AccountSignal;
import java.time.Duration;
import java.util.UUID;

/**
 * The sessions that were revoked recently, one by one or with all sessions of an account. They are stored for longer
 * than an answer about them can be on its way or cached, so that a lookup that began before the revocation cannot make
 * a session valid again.
 */
final class Revocations {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int MOST = 500_000;

    /**
     * By then the events of a change have arrived, or Kafka has been down for longer than the time in which revocations
     * are guaranteed.
     */
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
                    // This revocation is forgotten now, so cached answers about its session must become void.
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

    /** From now on, the account's sessions with older credentials are refused. */
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
