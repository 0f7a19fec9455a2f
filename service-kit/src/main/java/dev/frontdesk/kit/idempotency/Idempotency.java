package dev.frontdesk.kit.idempotency;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.IdempotencyRecords.Answered;
import dev.frontdesk.kit.idempotency.IdempotencyRecords.Found;
import dev.frontdesk.kit.idempotency.IdempotencyRecords.Key;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles a POST with an {@code Idempotency-Key} once. A client that repeats the request within 24 hours gets the same
 * status and body. A different request with the same key gets 422, and a repeat while the first is still in progress
 * gets 409. If a holder died, the next request takes the key over after {@link #HOLD}; the effect must then be
 * idempotent itself, by its {@link IdempotencyToken}. A refusal (4xx) is not stored: nothing was done, and the client
 * may correct the request and send it again.
 *
 * <p>A service that uses it has the table {@code idempotency_keys} of {@link IdempotencyRecords} in its schema.
 *
 * <pre>{@code
 * return idempotency.once(tenant, exchange, request, key -> jobs.add(newJob(request, key)).map(Answer::accepted));
 * }</pre>
 */
public final class Idempotency {

    static final Duration KEEP = Duration.ofHours(24);

    /** Longer than an effect may take, so that a key is not taken over while its holder still works. */
    static final Duration HOLD = Duration.ofSeconds(20);

    private static final Duration EFFECT_WITHIN = Duration.ofSeconds(15);
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    private final IdempotencyRecords requests;
    private final JsonMapper json;
    private final JsonMapper inOrder;

    Idempotency(IdempotencyRecords requests, JsonMapper json) {
        this.requests = requests;
        this.json = json;
        this.inOrder = json.rebuild()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .build();
    }

    /**
     * @param request the body as it was read; the key stands for method, path and body
     * @param effect does the work; may be called again with the same token
     * @throws ProblemException 400 for an invalid key; other errors are emitted by the result
     */
    public Mono<ResponseEntity<String>> once(
            TenantId tenant,
            ServerWebExchange exchange,
            Object request,
            Function<IdempotencyToken, Mono<Answer>> effect) {
        String given = keyOf(exchange);
        if (given == null) {
            return effect.apply(new IdempotencyToken.None()).map(this::written).map(Idempotency::response);
        }
        var key = new Key(tenant, Sha256.hex(given));
        return requests.hold(key, fingerprint(exchange, request), HOLD, KEEP)
                .switchIfEmpty(Mono.error(Idempotency::inProgress))
                .flatMap(found -> answer(key, found, effect))
                .map(Idempotency::response);
    }

    private Mono<Answered> answer(Key key, Found found, Function<IdempotencyToken, Mono<Answer>> effect) {
        if (!found.same() && !found.mine()) {
            return Mono.error(new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED, "Use a new idempotency key for each request."));
        }
        if (found.answered() != null) {
            return Mono.just(found.answered());
        }
        return found.mine() ? work(key, found, effect) : Mono.error(inProgress());
    }

    private Mono<Answered> work(Key key, Found hold, Function<IdempotencyToken, Mono<Answer>> effect) {
        return Mono.defer(() -> effect.apply(new IdempotencyToken.Of(hold.effect())))
                .timeout(EFFECT_WITHIN)
                .map(this::written)
                // If the response cannot be stored, the effect is still done. The next request then runs it again,
                // without effect.
                .delayUntil(answer -> requests.keep(key, hold.fence(), answer).onErrorResume(this::untold))
                .onErrorResume(error -> giveUp(key, hold, error).then(Mono.error(error)))
                // A client that cancels often repeats its request at once.
                .doOnCancel(() -> requests.letGo(key, hold.fence())
                        .onErrorResume(this::untold)
                        .subscribe());
    }

    private Mono<Void> giveUp(Key key, Found hold, Throwable error) {
        boolean refused = error instanceof ProblemException problem
                && problem.getStatusCode().is4xxClientError();
        return (refused ? requests.forget(key, hold.fence()) : requests.letGo(key, hold.fence()))
                .onErrorResume(this::untold);
    }

    /** The hold expires by itself. */
    private Mono<Void> untold(Throwable error) {
        return TraceLog.line(
                () -> log.warn("Idempotency key not released; it stays locked until it expires: {}", error.toString()));
    }

    private static @Nullable String keyOf(ServerWebExchange exchange) {
        List<String> given = exchange.getRequest().getHeaders().getOrEmpty(Headers.IDEMPOTENCY_KEY);
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1 || !KEY.matcher(given.getFirst()).matches()) {
            throw ProblemException.invalid(
                    Headers.IDEMPOTENCY_KEY, "must be one key of 1 to 255 visible ASCII characters");
        }
        return given.getFirst();
    }

    private String fingerprint(ServerWebExchange exchange, Object request) {
        var asked = exchange.getRequest();
        return Sha256.hex(
                asked.getMethod() + " " + asked.getPath().value() + "\n" + inOrder.writeValueAsString(request));
    }

    private Answered written(Answer answer) {
        return new Answered(answer.status(), answer.location(), json.writeValueAsString(answer.body()));
    }

    private static ResponseEntity<String> response(Answered answered) {
        var response = ResponseEntity.status(answered.status())
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON);
        if (answered.location() != null) {
            response.location(answered.location());
        }
        return response.body(answered.body());
    }

    private static ProblemException inProgress() {
        return new ProblemException(
                        ProblemType.REQUEST_IN_PROGRESS, "The first request is in progress. Try again later.")
                .retryAfter(COME_BACK);
    }
}
