package dev.frontdesk.registration.credentials;

import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gives a hash the parameters of today when its password is there in clear: at a login. That goes on beside the login, as
 * far as nobody else waits for a hash, and may fail: the next login tries again.
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

    /** @param password the right one; returns at once */
    void consider(Account account, Password password) {
        if (hashing.isOutdated(account.passwordHash())) {
            upgrade(account, password).subscribe();
        }
    }

    /** A password that was changed meanwhile stays. */
    private Mono<Void> upgrade(Account account, Password password) {
        return hashing.hashIfIdle(password)
                .flatMap(hash -> accounts.replaceHash(account, hash))
                .doOnNext(replaced ->
                        log.info("The password hash of {} was {}", account, replaced ? "renewed" : "changed"))
                .then()
                .onErrorResume(failed -> {
                    log.warn("The password hash of {} could not be renewed: {}", account, failed.toString());
                    return Mono.empty();
                });
    }
}
