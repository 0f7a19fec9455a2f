package dev.frontdesk.registration.credentials;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.audit.AuditTrail;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells whose address and password these are. An address without an account, or with a disabled one,
 * costs a hash as well. */
@Component
final class Credentials {

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final AuditTrail trail;
    private final HashUpgrades upgrades;

    Credentials(Accounts accounts, PasswordHashing hashing, AuditTrail trail, HashUpgrades upgrades) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.trail = trail;
        this.upgrades = upgrades;
    }

    /** @return an error of {@link WrongCredentials} whatever is wrong */
    Mono<VerifiedCredentials> check(TenantId tenant, String email, Password password) {
        Optional<EmailAddress> address = addressIn(email);
        return find(tenant, address)
                .flatMap(found -> matches(found, password)
                        .flatMap(right -> right ? accepted(tenant, found) : refused(tenant, address, found)))
                .doOnNext(account -> upgrades.consider(account, password))
                .map(account -> new VerifiedCredentials(
                        account.id(),
                        account.profile().language().tag(),
                        account.roles(),
                        account.credentialsVersion()));
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

    private Mono<Optional<Account>> find(TenantId tenant, Optional<EmailAddress> address) {
        return address.map(it -> accounts.findOpen(tenant, it).singleOptional())
                .orElseGet(() -> Mono.just(Optional.empty()));
    }

    private Mono<Boolean> matches(Optional<Account> found, Password password) {
        return found.map(account -> hashing.matches(password, account.passwordHash()))
                .orElseGet(() -> hashing.matchesNobody(password));
    }
}
