package dev.frontdesk.registration.signup;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.outage.Outages;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.addresses.EmailAddress;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.verification.PendingRegistration;
import dev.frontdesk.registration.verification.Verifications;
import dev.frontdesk.registration.verification.Verifications.Requested;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes sign-ups. The same is done, and the same is answered, whether the address has an account or not: a password is
 * hashed, one script saves one event, one mail goes to the address. Only its owner sees which.
 */
@Component
final class SignUps {

    private static final Logger log = LoggerFactory.getLogger(SignUps.class);

    private final PasswordHashing hashing;
    private final Accounts accounts;
    private final Verifications verifications;

    SignUps(PasswordHashing hashing, Accounts accounts, Verifications verifications) {
        this.hashing = hashing;
        this.accounts = accounts;
        this.verifications = verifications;
    }

    Mono<Requested> take(TenantId tenant, SignUp signUp) {
        return hashing.hash(signUp.password())
                .flatMap(hash -> ownerOf(tenant, signUp.email())
                        .flatMap(owner -> owner.map(verifications::tellOwner)
                                .orElseGet(() -> verifications.request(pending(tenant, signUp, hash)))));
    }

    /** While PostgreSQL is away nobody owns an address; one who does is told so when they prove it. */
    private Mono<Optional<Account>> ownerOf(TenantId tenant, EmailAddress email) {
        return accounts.find(tenant, email).singleOptional().onErrorResume(Outages::isBehind, outage -> {
            log.warn("Not known whether {} has an account: {}", email, outage.toString());
            return Mono.just(Optional.empty());
        });
    }

    private static PendingRegistration pending(TenantId tenant, SignUp signUp, String passwordHash) {
        return new PendingRegistration(UUID.randomUUID(), tenant, signUp.email(), passwordHash, signUp.profile());
    }
}
