package dev.frontdesk.registration.tenants;

import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.tenants.TenantKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells every gateway of a changed tenant at once, and stores a copy of the tenants in Redis for gateways that start
 * while this service is down. Neither is guaranteed at the moment of the change: the event of the change arrives in any
 * case, and the copy is compared with the table again and again.
 */
@Component
final class TenantCopies extends BackgroundWork {

    private static final LuaScript STORE = new LuaScript("tenants/store_tenants");
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** So that a change is not slow because Redis is. */
    private static final Duration TELL_WITHIN = Duration.ofMillis(500);

    private final Tenants tenants;
    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final String copy;
    private final String changes;

    TenantCopies(Tenants tenants, ReactiveStringRedisTemplate redis, KeySpace keys, JsonMapper json) {
        super("Copying tenants to Redis");
        this.tenants = tenants;
        this.redis = redis;
        this.json = json;
        this.copy = TenantKeys.copy(keys);
        this.changes = TenantKeys.changes(keys);
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
    Mono<Void> changed(Tenant tenant) {
        return store(List.of(tenant.toRecord()), false).timeout(TELL_WITHIN).onErrorResume(this::reported);
    }

    Mono<Void> copyAll() {
        return tenants.records(null)
                .expand(page -> page.next() == null ? Mono.empty() : tenants.records(page.next()))
                .concatMap(this::store, 1)
                .then();
    }

    private Mono<Void> store(TenantPage page) {
        return store(page.tenants(), page.next() == null);
    }

    private Mono<Void> store(List<TenantRecord> records, boolean complete) {
        var args = new ArrayList<String>();
        args.add(changes);
        args.add(complete ? TenantKeys.COMPLETE : "");
        for (TenantRecord record : records) {
            args.add(record.id());
            args.add(Long.toString(record.version()));
            args.add(json.writeValueAsString(record));
        }
        return STORE.run(redis, List.of(copy), args).timeout(TIMEOUT).then();
    }
}
