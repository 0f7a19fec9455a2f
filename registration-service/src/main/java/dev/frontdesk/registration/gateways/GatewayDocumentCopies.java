package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
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
 * Sends a changed document to every gateway at once, and stores a copy of the documents in Redis for gateways that can't reach
 * this service. Neither is guaranteed at the moment of the change: the event of the change arrives in any case, and the copy
 * is compared with the table again and again.
 */
@Component
final class GatewayDocumentCopies extends BackgroundWork {

    private static final LuaScript STORE = new LuaScript("gateways/store_document");
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

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
    Mono<Void> changed(GatewayDocument document) {
        return store(document).timeout(TELL_WITHIN).onErrorResume(this::reported);
    }

    Mono<Void> copyAll() {
        return Flux.fromArray(DocumentName.values())
                .concatMap(documents::latest, 1)
                .concatMap(this::store, 1)
                .then();
    }

    private Mono<Void> store(GatewayDocument document) {
        var args =
                List.of(changes, document.name(), Long.toString(document.version()), json.writeValueAsString(document));
        return STORE.run(redis, List.of(copy), args).timeout(TIMEOUT).then();
    }
}
