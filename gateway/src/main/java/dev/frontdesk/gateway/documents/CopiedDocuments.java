package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The documents as registration-service has copied them to Redis. */
final class CopiedDocuments {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ReactiveStringRedisTemplate redis;
    private final String key;
    private final JsonMapper json;

    CopiedDocuments(ReactiveStringRedisTemplate redis, KeySpace keys, JsonMapper json) {
        this.redis = redis;
        this.key = GatewayDocumentKeys.copy(keys);
        this.json = json;
    }

    /** Empty if there is none: the document was never stored, or the copy is lost. */
    Mono<GatewayDocument> find(String name) {
        return redis.<String, String>opsForHash()
                .get(key, name)
                .map(text -> json.readValue(text, GatewayDocument.class))
                .timeout(TIMEOUT);
    }
}
