package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** All tenants, read from the copy that registration-service keeps in Redis. */
final class TenantCopy {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ScanOptions BATCHES =
            ScanOptions.scanOptions().count(500).build();

    private final ReactiveStringRedisTemplate redis;
    private final String key;
    private final JsonMapper json;

    TenantCopy(ReactiveStringRedisTemplate redis, KeySpace keys, JsonMapper json) {
        this.redis = redis;
        this.key = TenantKeys.copy(keys);
        this.json = json;
    }

    /** Fails if the copy is not complete. */
    Flux<TenantRecord> all() {
        var hash = redis.<String, String>opsForHash();
        return hash.hasKey(key, TenantKeys.COMPLETE)
                .flatMapMany(complete -> complete
                        ? hash.scan(key, BATCHES)
                        : Flux.error(new IllegalStateException("Redis has no complete copy of the tenants")))
                .filter(entry -> !entry.getKey().equals(TenantKeys.COMPLETE))
                .map(entry -> json.readValue(entry.getValue(), TenantRecord.class))
                .timeout(TIMEOUT);
    }
}
