package dev.frontdesk.gateway.apikeys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.kit.caching.SingleFlight;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Caches keys by their ids. Of concurrent requests with one key, only one asks. While registration-service is down, a
 * known key goes on for ten minutes, and then, like an unknown one, is read from its copy in Redis. A version that was
 * seen or heard of makes older answers void at once, also those that are still on their way and those of before an
 * outage.
 */
final class CachedApiKeys {

    /** As for sessions: if the message and the event of a revocation are lost, the revocation takes that long. */
    static final Duration FRESH = Duration.ofSeconds(30);

    /** For an id without a key, for another secret than expected, and after a look-up that failed. */
    static final Duration MOMENT = Duration.ofSeconds(2);

    /** While registration-service does not answer. */
    static final Duration KNOWN = Duration.ofMinutes(10);

    private static final int MOST = 100_000;
    private static final int MOST_VERSIONS = 500_000;

    private final Function<UUID, Mono<Optional<KnownApiKey>>> registrationService;
    private final Function<UUID, Mono<KnownApiKey>> copies;
    private final Ticker ticker;
    private final Cache<UUID, Answer> answers;
    private final SingleFlight<UUID, Answer> lookUps = new SingleFlight<>(id -> freshly(id, now()));

    /** The lowest version of a key that counts. */
    private final Cache<UUID, Long> versions;

    /** In the ticker's nanoseconds: answers of before are void. */
    private volatile long validSince;

    /**
     * @param registrationService emits an empty Optional for an id without a key, and an error while it is down
     * @param copies empty without a copy
     */
    CachedApiKeys(
            Function<UUID, Mono<Optional<KnownApiKey>>> registrationService,
            Function<UUID, Mono<KnownApiKey>> copies,
            Ticker ticker) {
        this.registrationService = registrationService;
        this.copies = copies;
        this.ticker = ticker;
        this.validSince = ticker.read();
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                // Ids without a key must not stay in the way of keys.
                .expireAfter(Expiry.<UUID, Answer>writing((_, answer) -> answer.key() == null ? MOMENT : KNOWN))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.versions = Caffeine.newBuilder()
                .maximumSize(MOST_VERSIONS)
                // No answer of before the change is used for that long.
                .expireAfterWrite(KNOWN.multipliedBy(2))
                .ticker(ticker)
                .executor(Runnable::run)
                .evictionListener((_, _, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        mayHaveMissed();
                    }
                })
                .build();
    }

    /**
     * @param key null for an id without a key, or whose key was revoked
     * @param began when the look-up began, in the ticker's nanoseconds
     * @param tried when the last look-up began; later than {@code began} if that one failed
     */
    private record Answer(@Nullable KnownApiKey key, long began, long tried) {}

    /** Empty for an id without a key. */
    Mono<KnownApiKey> find(UUID id, Runnable beforeLookUp) {
        Answer stored = answers.getIfPresent(id);
        if (stored != null && isValid(id, stored)) {
            boolean fresh = isWithin(stored.began(), stored.key() == null ? MOMENT : FRESH);
            if (fresh || isWithin(stored.tried(), MOMENT)) {
                return Mono.justOrEmpty(stored.key());
            }
        }
        return ask(id, beforeLookUp).flatMap(answer -> Mono.justOrEmpty(answer.key()));
    }

    /**
     * Asks again, unless the answer is only moments old: for a secret that is not the expected one. Fails with 503 if
     * nothing newer is to be had.
     */
    Mono<KnownApiKey> findAgain(UUID id, Runnable beforeLookUp) {
        Answer stored = answers.getIfPresent(id);
        if (stored != null && isValid(id, stored) && isWithin(stored.tried(), MOMENT)) {
            return isWithin(stored.began(), MOMENT) ? Mono.empty() : unavailable();
        }
        return ask(id, beforeLookUp)
                .flatMap(answer -> isWithin(answer.began(), MOMENT) ? Mono.justOrEmpty(answer.key()) : unavailable());
    }

    /** What is stored of a key, without a look-up. */
    Optional<KnownApiKey> known(UUID id) {
        return Optional.ofNullable(answers.getIfPresent(id)).map(Answer::key);
    }

    /** Only this version of the key and later ones count from now on. */
    void changed(UUID id, long version) {
        versions.asMap().merge(id, version, Math::max);
    }

    /** Changes may have been missed: all answers of before are void. */
    void mayHaveMissed() {
        validSince = ticker.read();
    }

    private Mono<Answer> ask(UUID id, Runnable beforeLookUp) {
        return Mono.defer(() -> {
            beforeLookUp.run();
            return lookUps.find(id)
                    .flatMap(answer -> isValid(id, answer) ? Mono.just(answer) : lookUps.find(id))
                    .flatMap(answer -> isValid(id, answer) ? Mono.just(answer) : unavailable());
        });
    }

    private static <T> Mono<T> unavailable() {
        return Mono.error(Problems::unavailable);
    }

    private Mono<Answer> freshly(UUID id, long began) {
        return registrationService
                .apply(id)
                .map(key -> new Answer(key.orElse(null), began, began))
                .onErrorResume(error -> known(id, began, error))
                .doOnNext(answer -> store(id, answer));
    }

    /** An older answer than the stored one, of a slow look-up, replaces nothing. */
    private void store(UUID id, Answer answer) {
        if (answer.key() != null) {
            changed(id, answer.key().record().version());
        }
        answers.asMap().merge(id, answer, (stored, added) -> stored.began() > added.began() ? stored : added);
    }

    /** While registration-service does not answer. */
    private Mono<Answer> known(UUID id, long tried, Throwable outage) {
        Answer stored = answers.getIfPresent(id);
        if (stored != null && stored.key() != null && isValid(id, stored) && isWithin(stored.began(), KNOWN)) {
            return Mono.just(new Answer(stored.key(), stored.began(), tried));
        }
        return copies.apply(id).map(key -> new Answer(key, tried, tried)).switchIfEmpty(Mono.error(outage));
    }

    private long now() {
        return ticker.read();
    }

    private boolean isWithin(long moment, Duration age) {
        return ticker.read() - moment < age.toNanos();
    }

    private boolean isValid(UUID id, Answer answer) {
        Long lowest = versions.getIfPresent(id);
        // An id without a key has no version; it is asked for again soon.
        boolean current =
                lowest == null || answer.key() == null || answer.key().record().version() >= lowest;
        return current && answer.began() >= validSince;
    }
}
