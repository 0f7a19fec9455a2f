package dev.frontdesk.registration.signup;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.pendingregistrations.AddressOwners;
import dev.frontdesk.registration.pendingregistrations.PendingRegistration;
import dev.frontdesk.registration.verification.Verifications;
import dev.frontdesk.registration.verification.Verifications.Requested;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Accepts sign-ups. Work and response are the same whether the address has an account or not: one password is hashed,
 * one script saves one event, one mail goes to the address. Only the owner of the address sees the difference.
 */
@Component
final class SignUps {

    private final PasswordHashing hashing;
    private final AddressOwners addressOwners;
    private final Verifications verifications;

    SignUps(PasswordHashing hashing, AddressOwners addressOwners, Verifications verifications) {
        this.hashing = hashing;
        this.addressOwners = addressOwners;
        this.verifications = verifications;
    }

    Mono<Requested> take(TenantId tenant, SignUp signUp, ClientRange client) {
        return verifications
                .check(tenant, signUp.email(), client)
                .then(hashing.hash(signUp.password()))
                .flatMap(hash -> addressOwners
                        .of(tenant, signUp.email())
                        .flatMap(owner -> verifications.request(pending(tenant, signUp, hash), owner, client)));
    }

    private static PendingRegistration pending(TenantId tenant, SignUp signUp, String passwordHash) {
        return new PendingRegistration(UUID.randomUUID(), tenant, signUp.email(), passwordHash, signUp.profile());
    }
}
