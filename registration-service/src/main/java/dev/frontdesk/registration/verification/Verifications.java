package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventRecorder;
import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.accounts.AddressTaken;
import dev.frontdesk.registration.addresses.EmailAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The proof that an address is somebody's: asked for with a code, given with the same code. */
@Component
public final class Verifications {

    private final PendingRegistrations pending;
    private final VerificationCodes codes;
    private final VerificationProperties limits;
    private final EventSecrets secrets;
    private final EventRecorder events;
    private final Accounts accounts;
    private final Clock clock;

    Verifications(
            PendingRegistrations pending,
            VerificationCodes codes,
            VerificationProperties limits,
            EventSecrets secrets,
            EventRecorder events,
            Accounts accounts,
            Clock clock) {
        this.pending = pending;
        this.codes = codes;
        this.limits = limits;
        this.secrets = secrets;
        this.events = events;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * What the asker learns.
     *
     * @param expiresAt when the sign-up is forgotten
     * @param resendAt when it makes sense to ask for another code
     */
    public record Requested(Instant expiresAt, Instant resendAt) {}

    /** Saves the sign-up in the place of an older one, and has a code sent to its address. */
    public Mono<Requested> request(PendingRegistration registration) {
        Instant now = now();
        VerificationCode code = codes.next();
        String hmac = codes.hmac(registration.tenant(), registration.email(), code);
        Instant codeExpiresAt = now.plus(limits.codeTtl());
        return events.recordAsJson(requested(registration, code, codeExpiresAt))
                .flatMap(event -> pending.save(registration, hmac, codeExpiresAt, event))
                .thenReturn(told(now));
    }

    /** The address has an account: its owner is told by mail, and the asker learns the same as anybody. */
    public Mono<Requested> tellOwner(Account owner) {
        Instant now = now();
        return events.recordAsJson(alreadyRegistered(owner))
                .flatMap(event -> pending.tellOwner(owner.tenant(), owner.email(), event))
                .thenReturn(told(now));
    }

    /** Opens the account of whoever brings the right code. */
    public Mono<Account> verify(TenantId tenant, EmailAddress email, VerificationCode code) {
        Instant now = now();
        return pending.claim(tenant, email, codes.hmac(tenant, email, code), now)
                .flatMap(claim -> open(claim, now));
    }

    private Mono<Account> open(Claim claim, Instant now) {
        var registration = claim.registration();
        return accounts.open(registration.proved(now))
                .onErrorResume(error -> giveUp(claim, error))
                .delayUntil(_ -> pending.drop(registration));
    }

    /** A database that is away leaves the code usable. */
    private Mono<Account> giveUp(Claim claim, Throwable error) {
        return (error instanceof AddressTaken ? pending.drop(claim.registration()) : pending.release(claim))
                .then(Mono.error(error));
    }

    private VerificationRequested requested(
            PendingRegistration registration, VerificationCode code, Instant codeExpiresAt) {
        return new VerificationRequested(
                registration.tenant().value(),
                registration.id(),
                registration.email().value(),
                registration.profile().firstName().value(),
                registration.profile().language().tag(),
                secrets.seal(code.digits(), "verification-code:" + registration.id()),
                codeExpiresAt);
    }

    private static AddressAlreadyRegistered alreadyRegistered(Account owner) {
        return new AddressAlreadyRegistered(
                owner.tenant().value(),
                owner.id(),
                owner.email().value(),
                owner.profile().firstName().value(),
                owner.profile().language().tag());
    }

    private Requested told(Instant now) {
        return new Requested(now.plus(limits.pendingTtl()), now.plus(limits.resendWait()));
    }

    /** As Redis and PostgreSQL keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
