package dev.frontdesk.registration.credentials;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.audit.AuditTrail;
import dev.frontdesk.registration.clientlimits.HashLimit;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Checks an e-mail address and a password. For an address without an account, or with a disabled one, it computes a
 * hash too, so that the response takes as long. Text that is no valid address costs no hash: that it is invalid is no
 * secret.
 */
@Component
final class CredentialChecker {

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final HashLimit hashLimit;
    private final AuditTrail trail;
    private final PasswordRehashing upgrades;

    CredentialChecker(
            Accounts accounts,
            PasswordHashing hashing,
            HashLimit hashLimit,
            AuditTrail trail,
            PasswordRehashing upgrades) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.hashLimit = hashLimit;
        this.trail = trail;
        this.upgrades = upgrades;
    }

    /**
     * @param origin the client that logs in
     * @return fails with {@link WrongCredentials}, whatever is wrong
     */
    Mono<VerifiedCredentials> check(TenantId tenant, String email, Password password, Origin origin) {
        Optional<EmailAddress> address = addressIn(email);
        Mono<Account> account = address.map(it -> hashLimit.take(origin).then(owner(tenant, it, password)))
                .orElseGet(() -> refused(tenant, address, Optional.empty()));
        return account.delayUntil(found -> upgrades.consider(found, password))
                .map(found -> new VerifiedCredentials(
                        found.id(), found.profile().language().tag(), found.roles(), found.credentialsVersion()));
    }

    private Mono<Account> owner(TenantId tenant, EmailAddress address, Password password) {
        return Mono.defer(() -> accounts.findOpen(tenant, address).singleOptional())
                .flatMap(found -> matches(found, password)
                        .flatMap(right ->
                                right ? accepted(tenant, found) : refused(tenant, Optional.of(address), found)));
    }

    private Mono<Account> accepted(TenantId tenant, Optional<Account> found) {
        return Mono.justOrEmpty(found).delayUntil(account -> trail.loginAccepted(tenant, account.id()));
    }

    private Mono<Account> refused(TenantId tenant, Optional<EmailAddress> address, Optional<Account> found) {
        return trail.loginRefused(tenant, address, found.map(Account::id).orElse(null))
                .then(Mono.error(WrongCredentials::new));
    }

    private static Optional<EmailAddress> addressIn(String email) {
        try {
            return Optional.of(new EmailAddress(email));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private Mono<Boolean> matches(Optional<Account> found, Password password) {
        return found.map(account -> hashing.matches(password, account.passwordHash()))
                .orElseGet(() -> hashing.matchesDecoy(password));
    }
}
