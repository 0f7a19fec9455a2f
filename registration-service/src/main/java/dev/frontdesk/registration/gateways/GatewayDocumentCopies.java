package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersion;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells every gateway of a changed document at once, and stores a copy of the documents in Redis for gateways that can't reach
 * this service. Neither is guaranteed at the moment of the change: the event of the change arrives in any case, and the copy
 * is compared with the table again and again.
 *
 * <p>The copy is read before the table, and is replaced only if it is still the same. So what the table has is never older than
 * what it replaces, unless the database was restored from a backup: then it replaces a later version too.
 */
@Component
final class GatewayDocumentCopies extends BackgroundWork {

    private static final LuaScript STORE = new LuaScript("gateways/store_document");
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** If the copy still changes in between after these, another instance writes what is later. */
    private static final int ATTEMPTS = 4;

    /** So that a change is not slow because Redis is. */
    private static final Duration TELL_WITHIN = Duration.ofMillis(500);

    private final GatewayDocuments documents;
    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final String copy;
    private final String changes;

    GatewayDocumentCopies(
            GatewayDocuments documents, ReactiveStringRedisTemplate redis, KeySpace keys, JsonMapper json) {
        super("Copying gateway documents to Redis");
        this.documents = documents;
        this.redis = redis;
        this.json = json;
        this.copy = GatewayDocumentKeys.copy(keys);
        this.changes = GatewayDocumentKeys.changes(keys);
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(
                        _ -> unlessStopping(copyAll())
                                .doOnSuccess(_ -> recovered())
                                .onErrorResume(this::reported),
                        1);
    }

    /** Call this after a change is committed. Never fails: the next comparison writes what this could not. */
    Mono<Void> changed(DocumentName name) {
        return copy(name).timeout(TELL_WITHIN).onErrorResume(this::reported);
    }

    Mono<Void> copyAll() {
        return Flux.fromArray(DocumentName.values()).concatMap(this::copy, 1).then();
    }

    private Mono<Void> copy(DocumentName name) {
        return Mono.defer(() -> compare(name))
                .repeat(ATTEMPTS - 1L)
                .takeUntil(done -> done)
                .then();
    }

    /** @return whether the copy has what the table has, or the table has nothing; false if it was changed in between */
    private Mono<Boolean> compare(DocumentName name) {
        return redis.<String, String>opsForHash()
                .get(copy, name.text())
                .timeout(TIMEOUT)
                .defaultIfEmpty("")
                .flatMap(copied -> documents.latest(name).flatMap(latest -> replace(copied, latest)))
                .defaultIfEmpty(true);
    }

    private Mono<Boolean> replace(String copied, GatewayDocument latest) {
        String text = json.writeValueAsString(latest);
        if (text.equals(copied)) {
            return Mono.just(true);
        }
        var args = List.of(
                changes, latest.name(), copied, text, json.writeValueAsString(GatewayDocumentVersion.of(latest)));
        return STORE.run(redis, List.of(copy), args)
                .timeout(TIMEOUT)
                .map(result -> result.getFirst().equals("1"));
    }
}
