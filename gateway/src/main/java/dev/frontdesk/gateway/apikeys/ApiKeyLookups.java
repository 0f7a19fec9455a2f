package dev.frontdesk.gateway.apikeys;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.apikeys.ApiKeyUses.Use;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.apikeys.ApiKeyCopy;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.Problems;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Reads keys from registration-service, and their copies from Redis. */
final class ApiKeyLookups {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyLookups.class);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration COPY_WITHIN = Duration.ofMillis(500);
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);

    private final WebClient registrationService;
    private final IdentityAssertions assertions;
    private final CircuitBreaker breaker;
    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;

    ApiKeyLookups(
            WebClient registrationService,
            IdentityAssertions assertions,
            CircuitBreaker breaker,
            ReactiveStringRedisTemplate redis,
            KeySpace keys) {
        this.registrationService = registrationService;
        this.assertions = assertions;
        this.breaker = breaker;
        this.redis = redis;
        this.keys = keys;
    }

    /** An empty Optional for an id without a key; fails with 503 when registration-service does not answer. */
    Mono<Optional<KnownApiKey>> find(UUID id) {
        return post(ApiKeyLookup.PATH, new ApiKeyLookup(id))
                .bodyToMono(ApiKeyLookup.Result.class)
                .timeout(ANSWER_WITHIN)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .flatMap(ApiKeyLookups::answerIn)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an empty answer")))
                .doOnEach(TraceLog.onError(ApiKeyLookups::log))
                // Whatever went wrong, it says nothing about the key: never a 401.
                .onErrorMap(_ -> Problems.unavailable());
    }

    /** Only a clear answer says that there is no such key. */
    private static Mono<Optional<KnownApiKey>> answerIn(ApiKeyLookup.Result result) {
        if (result.active()) {
            return Mono.fromCallable(() -> Optional.of(KnownApiKey.of(requireNonNull(result.key(), "key"))));
        }
        return Mono.just(Optional.empty());
    }

    /** The circuit breaker reports an outage once. */
    private static void log(Throwable error) {
        if (error instanceof CallNotPermittedException) {
            log.debug("Look-up of an API key not tried: {}", error.toString());
        } else {
            log.warn("Look-up of an API key failed: {}", error.toString());
        }
    }

    /** Empty without a copy, and if Redis does not answer. */
    Mono<KnownApiKey> copy(UUID id) {
        return redis.opsForValue()
                .get(ApiKeyCopy.key(keys, id))
                .timeout(COPY_WITHIN)
                .flatMap(copy -> Mono.justOrEmpty(ApiKeyCopy.read(id, copy).map(KnownApiKey::of)))
                .onErrorResume(error ->
                        TraceLog.<KnownApiKey>line(() -> log.debug("No copy of an API key: {}", error.toString())));
    }

    Mono<Void> report(List<Use> uses) {
        return post(ApiKeyUses.PATH, new ApiKeyUses(uses))
                .toBodilessEntity()
                .timeout(REPORT_WITHIN)
                .then();
    }

    private WebClient.ResponseSpec post(String path, Object body) {
        return registrationService
                .post()
                .uri(path)
                .header(Headers.IDENTITY, assertions.sign(GATEWAY))
                .bodyValue(body)
                .retrieve();
    }
}
