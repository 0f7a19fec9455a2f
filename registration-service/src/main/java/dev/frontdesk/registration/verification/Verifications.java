package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.codes.VerificationCodes;
import dev.frontdesk.registration.codes.VerificationProperties;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.pendingregistrations.AddressOwners;
import dev.frontdesk.registration.pendingregistrations.CodeLimitExceeded;
import dev.frontdesk.registration.pendingregistrations.CodeRequest;
import dev.frontdesk.registration.pendingregistrations.PendingRegistration;
import dev.frontdesk.registration.pendingregistrations.PendingRegistrations;
import dev.frontdesk.registration.pendingregistrations.VerificationMessages;
import dev.frontdesk.registration.pendingregistrations.VerifiedCode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Verifies addresses: sends a code to an address and opens the account when the code comes back. */
@Component
public final class Verifications {

    private final PendingRegistrations pending;
    private final VerificationMessages verificationMessages;
    private final VerificationCodes codes;
    private final VerificationProperties limits;
    private final PasswordHashing hashing;
    private final AddressOwners addressOwners;
    private final Clock clock;

    Verifications(
            PendingRegistrations pending,
            VerificationMessages verificationMessages,
            VerificationCodes codes,
            VerificationProperties limits,
            PasswordHashing hashing,
            AddressOwners addressOwners,
            Clock clock) {
        this.pending = pending;
        this.verificationMessages = verificationMessages;
        this.codes = codes;
        this.limits = limits;
        this.hashing = hashing;
        this.addressOwners = addressOwners;
        this.clock = clock;
    }

    /**
     * What the client learns.
     *
     * @param expiresAt when the sign-up expires
     * @param resendAt when another code may be requested
     */
    public record Requested(Instant expiresAt, Instant resendAt) {}

    /**
     * Checks whether the address may have one more sign-up, before its password is hashed.
     *
     * @return fails with {@link CodeLimitExceeded} when it may not, no matter who owns the address
     */
    public Mono<Void> check(TenantId tenant, EmailAddress email, ClientRange client) {
        return Mono.defer(() -> pending.check(requestOf(CodeRequest.Kind.REGISTER, tenant, email, client)));
    }

    /**
     * Saves the sign-up next to other pending sign-ups of the address, and sends a code there. If the address has an
     * account, its owner gets a mail instead, and the client gets the same response.
     */
    public Mono<Requested> request(PendingRegistration registration, Optional<Account> owner, ClientRange client) {
        var request = requestOf(CodeRequest.Kind.REGISTER, registration.tenant(), registration.email(), client);
        return verificationMessages
                .to(request, owner, Optional.of(registration))
                .flatMap(letter -> pending.save(request, letter))
                .thenReturn(told(request));
    }

    /**
     * Sends another code if the address has a pending sign-up, and a notice to the owner if it has an account. If it
     * has neither, nothing is sent, but all other work is the same. Of several sign-ups, the newest of this client gets
     * the new code, or the newest of all if the client has none.
     */
    public Mono<Requested> again(TenantId tenant, EmailAddress email, ClientRange client) {
        var request = requestOf(CodeRequest.Kind.RESEND, tenant, email, client);
        return addressOwners
                .of(tenant, email)
                .flatMap(owner -> pending.renew(request, waiting -> verificationMessages.to(request, owner, waiting)))
                .thenReturn(told(request));
    }

    /**
     * Opens the account of the address that the correct code proves. The account gets only a password that the caller
     * knows: with a password in the request, that of the matching sign-up; without one, that of the only sign-up there
     * was. Otherwise the account has no password until one is set.
     */
    public Mono<Account> verify(
            TenantId tenant, EmailAddress email, VerificationCode code, Optional<Password> password) {
        Instant now = now();
        return pending.prove(
                tenant,
                email,
                codes.hmac(tenant, email, code),
                now,
                proved -> password.map(shown -> withPassword(proved, shown, now))
                        .orElseGet(() -> Mono.just(
                                proved.alone() ? proved.registration().proved(now) : withoutPassword(proved, now))));
    }

    private Mono<Account> withPassword(VerifiedCode proved, Password shown, Instant now) {
        return Flux.fromStream(proved.all())
                .filterWhen(registration -> hashing.matches(shown, registration.passwordHash()), 1)
                .next()
                .map(registration -> registration.proved(now))
                .switchIfEmpty(Mono.fromSupplier(() -> withoutPassword(proved, now)));
    }

    private Account withoutPassword(VerifiedCode proved, Instant now) {
        return proved.registration().proved(hashing.noPassword(), now);
    }

    private CodeRequest requestOf(CodeRequest.Kind kind, TenantId tenant, EmailAddress email, ClientRange client) {
        return new CodeRequest(tenant, email, UUID.randomUUID(), kind, codes.client(tenant, email, client), now());
    }

    private Requested told(CodeRequest request) {
        return new Requested(
                request.at().plus(limits.pendingTtl()), request.at().plus(limits.resendWait()));
    }

    /** Redis and PostgreSQL store times in milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
