package dev.frontdesk.registration.reauthentication;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.clientlimits.HashLimit;
import dev.frontdesk.registration.passwords.HashQueueFull;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.proofs.PasswordAttempts;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Checks that the holder of a session also knows the account's password. Wrong passwords are counted per account, so
 * that a stolen session can't be used to guess. They are reported as a wrong field (400), because 401 would mean that
 * the session is invalid.
 */
@Component
public final class Reauthentication {

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final HashLimit hashLimit;
    private final PasswordAttempts attempts;
    private final AccountProperties properties;

    Reauthentication(
            Accounts accounts,
            PasswordHashing hashing,
            HashLimit hashLimit,
            PasswordAttempts attempts,
            AccountProperties properties) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.hashLimit = hashLimit;
        this.attempts = attempts;
        this.properties = properties;
    }

    /**
     * @param field the request field that contains the password
     * @param objection other checks that may refuse the request and are cheaper than the password check
     * @return the account as read for this check
     */
    public Mono<Account> check(
            Caller.Account caller, Origin origin, Password password, String field, Consumer<Account> objection) {
        return accounts.find(caller.tenant(), caller.accountId())
                .switchIfEmpty(Mono.error(Reauthentication::gone))
                .doOnNext(objection)
                .delayUntil(_ -> hashLimit.take(origin))
                .delayUntil(account ->
                        attempts.count(account.tenant(), account.id()).timeout(properties.writeTimeout()))
                .filterWhen(account -> hashing.matches(password, account.passwordHash())
                        // A password that was not compared does not count as a guess.
                        .onErrorResume(
                                HashQueueFull.class, busy -> giveBack(account).then(Mono.error(busy))))
                .switchIfEmpty(Mono.error(() -> ProblemException.invalid(field, "is not the account's password")))
                .delayUntil(this::giveBack);
    }

    private Mono<Void> giveBack(Account account) {
        return attempts.giveBack(account.tenant(), account.id()).timeout(properties.writeTimeout());
    }

    /** A session may outlive its account by seconds. */
    private static ProblemException gone() {
        return new ProblemException(ProblemType.NOT_FOUND, "The account no longer exists.");
    }
}
