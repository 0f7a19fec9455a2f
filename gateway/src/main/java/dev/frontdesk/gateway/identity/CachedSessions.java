package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Remembers the answers of other sessions for a short while, by the hash of the token. Of requests that come at once with
 * one token, one asks and all wait for its answer. Errors are not remembered.
 */
final class CachedSessions implements Sessions {

    private final Sessions asked;
    private final IdentityCacheProperties properties;
    private final Clock clock;
    private final AsyncCache<TokenHash, Optional<OpenSession>> answers;

    /** @param ticker moves the cache's time; apart from the clock, because that one may be set back */
    CachedSessions(Sessions asked, IdentityCacheProperties properties, Clock clock, Ticker ticker) {
        this.asked = asked;
        this.properties = properties;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumSize(properties.size())
                .expireAfter(Expiry.<TokenHash, Optional<OpenSession>>creating((_, answer) -> lifeOf(answer)))
                .ticker(ticker)
                .buildAsync();
    }

    @Override
    public Mono<OpenSession> find(String token) {
        return Mono.deferContextual(context -> {
            var answer = answers.get(TokenHash.of(token), (_, _) -> ask(token, context));
            // One who goes away must not take the answer from those who wait for it too.
            return Mono.fromFuture(answer, true).flatMap(Mono::justOrEmpty);
        });
    }

    /** The next request with this token asks again; a look-up that is under way is not remembered. */
    void forget(TokenHash token) {
        answers.synchronous().invalidate(token);
    }

    private CompletableFuture<Optional<OpenSession>> ask(String token, ContextView context) {
        return asked.find(token)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .contextWrite(context)
                .toFuture();
    }

    private Duration lifeOf(Optional<OpenSession> answer) {
        if (answer.isEmpty()) {
            return properties.refusedFor();
        }
        var left = Duration.between(clock.instant(), answer.get().endsAt());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(properties.knownFor()) < 0 ? left : properties.knownFor();
    }
}
