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
 * Accounts for reading: from Redis, else from PostgreSQL and then kept in Redis. Many who ask for the same account at once
 * wait for one look-up. After a change has been answered, who asks this instance sees it; who asks another one does so too
 * as soon as Redis knows, or else when the event of it has come round, and at the latest after the copy's time to live.
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

    /** One look-up for all who subscribe until it ends; it goes on when they have gone. */
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

    /** To be called after the transaction that changed the account. Never fails: the event of the change does the same. */
    public Mono<Void> changed(Account account) {
        return changed(account.tenant(), account.id(), account.updatedAt());
    }

    /** The same for an account that is gone. */
    public Mono<Void> changed(TenantId tenant, UUID id, Instant changedAt) {
        // Whoever asks from then on starts a look-up of their own; one that is under way may have seen the old copy.
        return copies.outdate(tenant, id, changedAt)
                .then(Mono.fromRunnable(() -> underWay.remove(new Key(tenant, id))));
    }
}
