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
 * Whether who holds a session knows the account's password too. Wrong ones are counted by account, so that a stolen
 * session can't guess; they are told as a wrong field (400), because 401 would say that the session is no good.
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
     * @param field of the request that the password stood in
     * @param objection what else the request may be refused for, which is cheaper to see than the password
     * @return the account as it was read for this
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
                        // A password that nobody has looked at is no guess.
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
        return new ProblemException(ProblemType.NOT_FOUND, "This account is no more.");
    }
}
