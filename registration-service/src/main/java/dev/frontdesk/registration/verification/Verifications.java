package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The proof that an address is somebody's: asked for with a code, given with the same code. */
@Component
public final class Verifications {

    private final PendingRegistrations pending;
    private final Letters letters;
    private final VerificationCodes codes;
    private final VerificationProperties limits;
    private final Accounts accounts;
    private final Owners owners;
    private final Clock clock;

    Verifications(
            PendingRegistrations pending,
            Letters letters,
            VerificationCodes codes,
            VerificationProperties limits,
            Accounts accounts,
            Owners owners,
            Clock clock) {
        this.pending = pending;
        this.letters = letters;
        this.codes = codes;
        this.limits = limits;
        this.accounts = accounts;
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * What the asker learns.
     *
     * @param expiresAt when the sign-up is forgotten
     * @param resendAt when another code may be asked for
     */
    public record Requested(Instant expiresAt, Instant resendAt) {}

    /**
     * Saves the sign-up in the place of an older one, and has a code sent to its address. Where the address has an account
     * its owner is told by mail instead, and the asker learns the same.
     */
    public Mono<Requested> request(PendingRegistration registration, Optional<Account> owner) {
        var request = requestOf(CodeRequest.Kind.REGISTER, registration.tenant(), registration.email());
        return letters.to(request, owner, Optional.of(registration))
                .flatMap(letter -> pending.save(request, letter))
                .thenReturn(told(request));
    }

    /**
     * Has another code sent where somebody waits for one, and the owner told where there is an account. Where there is
     * neither nothing is sent, and everything else is done alike.
     */
    public Mono<Requested> again(TenantId tenant, EmailAddress email) {
        var request = requestOf(CodeRequest.Kind.RESEND, tenant, email);
        return owners.of(tenant, email)
                .flatMap(owner -> pending.renew(request, waiting -> letters.to(request, owner, waiting)))
                .thenReturn(told(request));
    }

    /** Opens the account of whoever brings the right code. */
    public Mono<Account> verify(TenantId tenant, EmailAddress email, VerificationCode code) {
        Instant now = now();
        return pending.prove(
                tenant,
                email,
                codes.hmac(tenant, email, code),
                now,
                registration -> accounts.open(registration.proved(now)));
    }

    private CodeRequest requestOf(CodeRequest.Kind kind, TenantId tenant, EmailAddress email) {
        return new CodeRequest(tenant, email, UUID.randomUUID(), kind, now());
    }

    private Requested told(CodeRequest request) {
        return new Requested(
                request.at().plus(limits.pendingTtl()), request.at().plus(limits.resendWait()));
    }

    /** As Redis and PostgreSQL keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
