package dev.frontdesk.registration.credentials;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.addresses.EmailAddress;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells whose address and password these are. An address without an account costs a hash as well. */
@Component
final class Credentials {

    private final Accounts accounts;
    private final PasswordHashing hashing;

    Credentials(Accounts accounts, PasswordHashing hashing) {
        this.accounts = accounts;
        this.hashing = hashing;
    }

    /** @return an error of {@link WrongCredentials} whatever is wrong */
    Mono<VerifiedCredentials> check(TenantId tenant, String email, Password password) {
        return find(tenant, email)
                .flatMap(found -> matches(found, password)
                        .flatMap(right -> right ? Mono.justOrEmpty(found) : Mono.error(new WrongCredentials())))
                .map(account -> new VerifiedCredentials(
                        account.id(), account.profile().language().tag(), account.roles()));
    }

    private Mono<Optional<Account>> find(TenantId tenant, String email) {
        EmailAddress address;
        try {
            address = new EmailAddress(email);
        } catch (IllegalArgumentException notAnAddress) {
            return Mono.just(Optional.empty());
        }
        return accounts.find(tenant, address).singleOptional();
    }

    private Mono<Boolean> matches(Optional<Account> found, Password password) {
        return found.map(account -> hashing.matches(password, account.passwordHash()))
                .orElseGet(() -> hashing.matchesNobody(password));
    }
}
