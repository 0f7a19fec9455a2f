package dev.frontdesk.registration.profilecache;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.kit.caching.SingleFlight;
import java.time.Instant;
import java.util.UUID;
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
    private final SingleFlight<Key, AccountAnswer> lookUps = new SingleFlight<>(this::lookUp);

    CachedProfiles(RedisProfiles copies, Accounts accounts) {
        this.copies = copies;
        this.accounts = accounts;
    }

    private record Key(TenantId tenant, UUID id) {}

    /** Empty when the tenant has no such account. */
    public Mono<AccountAnswer> find(TenantId tenant, UUID id) {
        return lookUps.find(new Key(tenant, id));
    }

    private Mono<AccountAnswer> lookUp(Key key) {
        return copies.find(key.tenant(), key.id()).switchIfEmpty(Mono.defer(() -> load(key)));
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
                .then(Mono.fromRunnable(() -> lookUps.outdate(new Key(tenant, id))));
    }
}
