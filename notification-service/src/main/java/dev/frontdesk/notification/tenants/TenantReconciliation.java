package dev.frontdesk.notification.tenants;

import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the tenants of the copy in Redis every minute, in case an event was lost: without it a resumed tenant's work
 * could wait for ever.
 */
@Component
final class TenantReconciliation extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final ReactiveStringRedisTemplate redis;
    private final TenantStates states;
    private final String copy;
    private final JsonMapper json;

    TenantReconciliation(ReactiveStringRedisTemplate redis, KeySpace keys, TenantStates states, JsonMapper json) {
        super("Comparing tenants");
        this.redis = redis;
        this.states = states;
        this.copy = TenantKeys.copy(keys);
        // A newer registration-service may write more.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(
                        _ -> unlessStopping(compare())
                                .doOnSuccess(_ -> recovered())
                                .onErrorResume(this::reported),
                        1);
    }

    Mono<Void> compare() {
        return redis.<String, String>opsForHash()
                .scan(copy, ScanOptions.scanOptions().count(BATCH).build())
                .timeout(TIMEOUT)
                .filter(entry -> !entry.getKey().equals(TenantKeys.COMPLETE))
                .map(entry -> json.readValue(entry.getValue(), TenantRecord.class))
                // A scan may return an entry twice, and a statement must not change a row twice.
                .distinct(TenantRecord::id)
                .buffer(BATCH)
                .concatMap(states::store, 1)
                .then();
    }
}
