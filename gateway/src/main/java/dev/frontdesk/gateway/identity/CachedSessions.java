package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Caches the answers of another {@code Sessions} for a short time, by the hash of the token. Of concurrent requests
 * with one token, only one asks and the others wait for its answer. Errors are not cached, and invalidated answers are
 * requested again.
 */
final class CachedSessions implements Sessions {

    private final Sessions asked;
    private final IdentityCacheProperties properties;
    private final CacheInvalidations cacheInvalidations;
    private final Clock clock;
    private final Ticker ticker;
    private final AsyncCache<TokenHash, Answer> answers;

    /** @param ticker the cache's time source; separate from the clock, because the clock may be set back */
    CachedSessions(
            Sessions asked,
            IdentityCacheProperties properties,
            CacheInvalidations cacheInvalidations,
            Clock clock,
            Ticker ticker) {
        this.asked = asked;
        this.properties = properties;
        this.cacheInvalidations = cacheInvalidations;
        this.clock = clock;
        this.ticker = ticker;
        this.answers = Caffeine.newBuilder()
                .maximumSize(properties.size())
                .expireAfter(Expiry.<TokenHash, Answer>creating((_, answer) -> lifeOf(answer)))
                .ticker(ticker)
                // The work is short, and another thread for it costs more.
                .executor(Runnable::run)
                // So that a pause leaves no large clean-up to the next request.
                .scheduler(Scheduler.systemScheduler())
                .buildAsync();
    }

    /**
     * @param session empty for a token that was refused
     * @param question the value of {@link CacheInvalidations#now()} when the request began
     * @param began in the ticker's nanoseconds
     */
    private record Answer(Optional<OpenSession> session, long question, long began) {}

    @Override
    public Mono<OpenSession> find(String token, Runnable beforeLookUp) {
        var hash = TokenHash.of(token);
        CompletableFuture<Answer> cached = answers.getIfPresent(hash);
        if (cached == null) {
            beforeLookUp.run();
        } else if (cached.state() == Future.State.SUCCESS && !isVoid(cached.resultNow())) {
            return Mono.justOrEmpty(cached.resultNow().session());
        }
        return Mono.deferContextual(context -> {
            CompletableFuture<Answer> first = answerTo(token, hash, context);
            // The second answer needs no check: it was requested after the recall. If another recall came in the
            // meantime, the two happened concurrently.
            return waitFor(first)
                    .flatMap(answer ->
                            isVoid(answer) ? waitFor(instead(first, token, hash, context)) : Mono.just(answer))
                    .flatMap(answer -> Mono.justOrEmpty(answer.session()));
        });
    }

    /** The next request with this session asks again, whichever token it carries; so does a request that is waiting. */
    void forget(UUID sessionId) {
        cacheInvalidations.recall(sessionId);
    }

    private CompletableFuture<Answer> answerTo(String token, TokenHash hash, ContextView context) {
        return answers.get(hash, (_, _) -> ask(token, context));
    }

    private CompletableFuture<Answer> instead(
            CompletableFuture<Answer> recalled, String token, TokenHash hash, ContextView context) {
        answers.asMap().remove(hash, recalled);
        return answerTo(token, hash, context);
    }

    /** A waiting request that is cancelled must not cancel the answer for the others. */
    private static Mono<Answer> waitFor(CompletableFuture<Answer> answer) {
        return Mono.fromFuture(answer, true);
    }

    private CompletableFuture<Answer> ask(String token, ContextView context) {
        long question = cacheInvalidations.now();
        long began = ticker.read();
        return asked.find(token, () -> {})
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(session -> new Answer(session, question, began))
                .contextWrite(context)
                .toFuture();
    }

    private boolean isVoid(Answer answer) {
        return answer.session()
                .map(session -> cacheInvalidations.areVoid(
                        answer.question(), session.caller().sessionId()))
                .orElseGet(() -> cacheInvalidations.areVoid(answer.question()));
    }

    /** Counted from the start of the request: the answer does not contain later changes, however late it arrives. */
    private Duration lifeOf(Answer answer) {
        Duration life = answer.session().map(this::lifeOf).orElse(properties.refusedFor());
        Duration left = life.minusNanos(ticker.read() - answer.began());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration lifeOf(OpenSession session) {
        Duration left = Duration.between(clock.instant(), session.endsAt());
        return left.compareTo(properties.knownFor()) < 0 ? left : properties.knownFor();
    }
}
