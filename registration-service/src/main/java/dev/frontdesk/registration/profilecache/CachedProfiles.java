package dev.frontdesk.registration.profilecache;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.accounts.Accounts;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads accounts through a cache: from Redis, otherwise from PostgreSQL, and then stores them in Redis. Concurrent
 * requests for the same account share one look-up. After the response to a change, this instance returns the new data.
 * Other instances do so as soon as Redis has the change, or else once its event is consumed, and at the latest after
 * the copy's TTL.
 */
@Component
public final class CachedProfiles {

    private final RedisProfiles copies;
    private final Accounts accounts;
    private final ConcurrentHashMap<Key, Mono<AccountAnswer>> underWay = new ConcurrentHashMap<>();

    CachedProfiles(RedisProfiles copies, Accounts accounts) {
        this.copies = copies;
        this.accounts = accounts;
    }

    private record Key(TenantId tenant, UUID id) {}

    /** Empty when the tenant has no such account. */
    public Mono<AccountAnswer> find(TenantId tenant, UUID id) {
        var key = new Key(tenant, id);
        return Mono.defer(() -> underWay.computeIfAbsent(key, this::lookUp));
    }

    /** One look-up shared by all subscribers until it ends; it continues when they cancel. */
    private Mono<AccountAnswer> lookUp(Key key) {
        var mine = new Mono<?>[1];
        Mono<AccountAnswer> lookUp = copies.find(key.tenant(), key.id())
                .switchIfEmpty(Mono.defer(() -> load(key)))
                .doFinally(_ -> underWay.remove(key, mine[0]))
                .cache();
        mine[0] = lookUp;
        return lookUp;
    }

    private Mono<AccountAnswer> load(Key key) {
        return accounts.find(key.tenant(), key.id()).delayUntil(copies::keep).map(AccountAnswer::of);
    }

    /**
     * Call it after the transaction that changed the account. Never fails: the event of the change has the same effect.
     */
    public Mono<Void> changed(Account account) {
        return changed(account.tenant(), account.id(), account.updatedAt());
    }

    /** The same for a deleted account. */
    public Mono<Void> changed(TenantId tenant, UUID id, Instant changedAt) {
        // Later requests start a new look-up; one that is already running may have read the old copy.
        return copies.outdate(tenant, id, changedAt)
                .then(Mono.fromRunnable(() -> underWay.remove(new Key(tenant, id))));
    }
}
