package dev.frontdesk.gateway.apikeys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.kit.web.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Caches keys by their ids. Of concurrent requests with one key, only one asks. While registration-service is down, a
 * known key goes on for ten minutes, and then, like an unknown one, is read from its copy in Redis. A change that was
 * heard of makes older answers void at once, also those that are still on their way and those of before an outage.
 */
final class CachedApiKeys {

    /** As for sessions: if the message and the event of a revocation are lost, the revocation takes that long. */
    static final Duration FRESH = Duration.ofSeconds(30);

    /** For an id that nobody has, and for what is asked again because the secret was another one. */
    static final Duration REFUSED = Duration.ofSeconds(2);

    /** While registration-service does not answer. */
    static final Duration KNOWN = Duration.ofMinutes(10);

    private static final int MOST = 100_000;
    private static final int MOST_CHANGES = 500_000;

    private final Function<UUID, Mono<Optional<ApiKeyRecord>>> registrationService;
    private final Function<UUID, Mono<ApiKeyRecord>> copies;
    private final Ticker ticker;
    private final Cache<UUID, Answer> answers;
    private final ConcurrentHashMap<UUID, Mono<Answer>> inFlight = new ConcurrentHashMap<>();

    /** The lowest version of a key that counts. */
    private final Cache<UUID, Long> changed;

    /** In the ticker's nanoseconds: answers of before are void. */
    private volatile long validSince;

    /**
     * @param registrationService emits an empty Optional for an id that nobody has, and an error while it is down
     * @param copies empty without a copy
     */
    CachedApiKeys(
            Function<UUID, Mono<Optional<ApiKeyRecord>>> registrationService,
            Function<UUID, Mono<ApiKeyRecord>> copies,
            Ticker ticker) {
        this.registrationService = registrationService;
        this.copies = copies;
        this.ticker = ticker;
        this.validSince = ticker.read();
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KNOWN)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.changed = Caffeine.newBuilder()
                .maximumSize(MOST_CHANGES)
                // No answer of before the change is used for that long.
                .expireAfterWrite(KNOWN.multipliedBy(2))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param key null for an id that nobody has, or whose key was revoked
     * @param began when the look-up began, in the ticker's nanoseconds
     */
    private record Answer(@Nullable KnownApiKey key, long began) {}

    /** Empty for an id that nobody has. */
    Mono<KnownApiKey> find(UUID id, Runnable beforeLookUp) {
        Answer known = answers.getIfPresent(id);
        if (known != null && isYounger(known, known.key() == null ? REFUSED : FRESH) && isValid(id, known)) {
            return Mono.justOrEmpty(known.key());
        }
        return ask(id, beforeLookUp);
    }

    /** Asks again, unless the answer is only moments old. */
    Mono<KnownApiKey> findAgain(UUID id, Runnable beforeLookUp) {
        Answer known = answers.getIfPresent(id);
        return known != null && isYounger(known, REFUSED) ? Mono.empty() : ask(id, beforeLookUp);
    }

    /** What is stored of a key, without a look-up. */
    Optional<KnownApiKey> known(UUID id) {
        return Optional.ofNullable(answers.getIfPresent(id)).map(Answer::key);
    }

    /** Only this version of the key and later ones count from now on. */
    void changed(UUID id, long version) {
        changed.asMap().merge(id, version, Math::max);
    }

    /** Changes may have been missed: all answers of before are void. */
    void mayHaveMissed() {
        validSince = ticker.read();
    }

    private Mono<KnownApiKey> ask(UUID id, Runnable beforeLookUp) {
        return Mono.defer(() -> {
            beforeLookUp.run();
            return lookUp(id)
                    .flatMap(answer -> isValid(id, answer) ? Mono.just(answer) : lookUp(id))
                    .flatMap(answer -> isValid(id, answer) ? Mono.justOrEmpty(answer.key()) : unavailable());
        });
    }

    private static <T> Mono<T> unavailable() {
        return Mono.error(Problems::unavailable);
    }

    /** Shared by all requests that wait for it; one that is cancelled does not cancel it for the others. */
    private Mono<Answer> lookUp(UUID id) {
        return inFlight.computeIfAbsent(
                id,
                _ -> Mono.defer(() -> freshly(id, ticker.read()))
                        // Before the answer is used: one that is void must not be waited for again.
                        .doOnTerminate(() -> inFlight.remove(id))
                        .cache());
    }

    private Mono<Answer> freshly(UUID id, long began) {
        return registrationService
                .apply(id)
                .map(key -> new Answer(key.map(KnownApiKey::of).orElse(null), began))
                .doOnNext(answer -> store(id, answer))
                .onErrorResume(error -> known(id, error));
    }

    /** An older answer than the stored one, of a slow look-up, replaces nothing. */
    private void store(UUID id, Answer answer) {
        answers.asMap().merge(id, answer, (stored, added) -> stored.began() > added.began() ? stored : added);
    }

    /** While registration-service does not answer. */
    private Mono<Answer> known(UUID id, Throwable outage) {
        Answer stored = answers.getIfPresent(id);
        return stored != null && stored.key() != null && isValid(id, stored)
                ? Mono.just(stored)
                : copies.apply(id)
                        .map(key -> new Answer(KnownApiKey.of(key), ticker.read()))
                        .doOnNext(answer -> store(id, answer))
                        .switchIfEmpty(Mono.error(outage));
    }

    private boolean isYounger(Answer answer, Duration age) {
        return ticker.read() - answer.began() < age.toNanos();
    }

    private boolean isValid(UUID id, Answer answer) {
        Long lowest = changed.getIfPresent(id);
        // An id without a key has no version; it is asked for again soon.
        boolean current =
                lowest == null || answer.key() == null || answer.key().record().version() >= lowest;
        return current && answer.began() >= validSince;
    }
}
