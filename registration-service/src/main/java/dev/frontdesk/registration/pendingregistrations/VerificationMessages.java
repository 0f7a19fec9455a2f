package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.kit.events.EventRecorder;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.codes.VerificationCodes;
import dev.frontdesk.registration.codes.VerificationProperties;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Creates the message for an address. Does the same work in every case, so that timing reveals nothing. */
@Component
public final class VerificationMessages {

    private final VerificationCodes codes;
    private final VerificationProperties limits;
    private final SealedSecrets secrets;
    private final EventRecorder events;

    VerificationMessages(
            VerificationCodes codes, VerificationProperties limits, SealedSecrets secrets, EventRecorder events) {
        this.codes = codes;
        this.limits = limits;
        this.secrets = secrets;
        this.events = events;
    }

    public Mono<VerificationMessage> to(
            CodeRequest request, Optional<Account> owner, Optional<PendingRegistration> waiting) {
        return code(request, waiting.orElseGet(() -> placeholder(request)))
                .flatMap(code -> owner.isPresent()
                        ? notice(request, owner.get())
                        : Mono.just(waiting.isPresent() ? code : new VerificationMessage.None()));
    }

    /**
     * A placeholder for an address without a sign-up: a code is created for it too, so that the request takes as long.
     */
    private static PendingRegistration placeholder(CodeRequest request) {
        var name = new PersonName("nobody");
        var profile = new Profile(name, name, null, Language.ENGLISH);
        return new PendingRegistration(request.id(), request.tenant(), request.email(), "", profile);
    }

    private Mono<VerificationMessage> code(CodeRequest request, PendingRegistration registration) {
        VerificationCode code = codes.next();
        Instant expiresAt = request.at().plus(limits.codeTtl());
        String hmac = codes.hmac(request.tenant(), request.email(), code);
        String sealed = secrets.seal(code.digits(), "verification-code:" + registration.id());
        return Mono.zip(
                        events.recordAsJson(request.id(), requested(registration, sealed, expiresAt, false)),
                        events.recordAsJson(request.id(), requested(registration, sealed, expiresAt, true)))
                .map(both -> new VerificationMessage.Code(registration, hmac, expiresAt, both.getT1(), both.getT2()));
    }

    private Mono<VerificationMessage> notice(CodeRequest request, Account owner) {
        return events.recordAsJson(request.id(), alreadyRegistered(owner)).map(VerificationMessage.Notice::new);
    }

    private static VerificationRequested requested(
            PendingRegistration registration, String sealedCode, Instant codeExpiresAt, boolean repeated) {
        return new VerificationRequested(
                registration.tenant().value(),
                registration.id(),
                registration.email().value(),
                registration.profile().firstName().value(),
                registration.profile().language().tag(),
                sealedCode,
                codeExpiresAt,
                repeated);
    }

    private static AddressAlreadyRegistered alreadyRegistered(Account owner) {
        return new AddressAlreadyRegistered(
                owner.tenant().value(),
                owner.id(),
                owner.email().value(),
                owner.profile().firstName().value(),
                owner.profile().language().tag());
    }
}
