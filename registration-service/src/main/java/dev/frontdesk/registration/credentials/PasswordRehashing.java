package dev.frontdesk.registration.credentials;

import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Renews an outdated hash with the current parameters at a login, when the password is available in clear. Runs in the
 * background, only while no other password waits to be hashed. It may fail: the next login tries again.
 */
@Component
final class PasswordRehashing {

    private static final Logger log = LoggerFactory.getLogger(PasswordRehashing.class);

    private final PasswordHashing hashing;
    private final Accounts accounts;

    PasswordRehashing(PasswordHashing hashing, Accounts accounts) {
        this.hashing = hashing;
        this.accounts = accounts;
    }

    /**
     * Does not wait for the new hash.
     *
     * @param password the correct password
     */
    Mono<Void> consider(Account account, Password password) {
        return Mono.deferContextual(context -> {
            if (hashing.isOutdated(account.passwordHash())) {
                upgrade(account, password).contextWrite(context).subscribe();
            }
            return Mono.empty();
        });
    }

    /** Does nothing if the password was changed in the meantime. */
    private Mono<Void> upgrade(Account account, Password password) {
        return hashing.hashIfIdle(password)
                .flatMap(hash -> accounts.replaceHash(account, hash))
                .doOnEach(TraceLog.onNext(replaced ->
                        log.info("Password hash of account {} {}", account, replaced ? "renewed" : "has changed")))
                .then()
                .onErrorResume(failed -> TraceLog.line(() ->
                        log.warn("Password hash of account {} could not be renewed: {}", account, failed.toString())));
    }
}
