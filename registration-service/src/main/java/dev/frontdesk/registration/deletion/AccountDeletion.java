package dev.frontdesk.registration.deletion;

import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.AccountSignals;
import dev.frontdesk.registration.pendingregistrations.ObsoleteSignUps;
import dev.frontdesk.registration.profilecache.CachedProfiles;
import dev.frontdesk.registration.proofs.Proofs;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Deletes an account with all its data in this service. Other services receive the event and delete their data. */
@Component
final class AccountDeletion {

    private final AccountChanges changes;
    private final AccountSignals signals;
    private final Proofs proofs;
    private final ObsoleteSignUps signUps;
    private final CachedProfiles profiles;
    private final TransactionalOperator transaction;
    private final AccountProperties properties;

    AccountDeletion(
            AccountChanges changes,
            AccountSignals signals,
            Proofs proofs,
            ObsoleteSignUps signUps,
            CachedProfiles profiles,
            TransactionalOperator transaction,
            AccountProperties properties) {
        this.changes = changes;
        this.signals = signals;
        this.proofs = proofs;
        this.signUps = signUps;
        this.profiles = profiles;
        this.transaction = transaction;
        this.properties = properties;
    }

    /** @return the time of deletion; empty, with the account left in place, when it changed since it was read */
    Mono<Instant> delete(Account account) {
        // Must come first: once the account is gone, a sign-up of its address may be a new one.
        return signUps.forget(account.tenant(), account.email())
                .then(remove(account))
                .delayUntil(_ -> signals.gone(account.id()))
                .delayUntil(deletedAt -> profiles.changed(account.tenant(), account.id(), deletedAt));
    }

    private Mono<Instant> remove(Account account) {
        return proofs.forget(account.tenant(), account.id(), account.email())
                .then(changes.delete(account))
                .switchIfEmpty(Mono.error(Overtaken::new))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout())
                .onErrorResume(Overtaken.class, _ -> Mono.empty());
    }

    /** Rolls back what the transaction has already removed. */
    private static final class Overtaken extends RuntimeException {

        Overtaken() {
            super("The account was changed since it was read", null, false, false);
        }
    }
}
