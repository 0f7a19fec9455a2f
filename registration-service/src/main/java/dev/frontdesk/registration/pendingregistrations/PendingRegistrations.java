package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.registration.accounts.Account;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** All sign-ups that wait for the proof of their address, with their codes, and the events that they cause. */
public interface PendingRegistrations {

    /** How often the sign-up to renew may have gone in the very moment of a resend. */
    int REPLACED_AT_MOST = 2;

    /**
     * Whether a request is within the limits as far as is known now; counts nothing, {@link #save} decides.
     *
     * @return an error of {@link CodeLimitExceeded} when it is not
     */
    Mono<Void> check(CodeRequest request);

    /**
     * Counts the request and does what it leads to, both or neither; doing it again changes nothing.
     *
     * @return an error of {@link CodeLimitExceeded}, with nothing written, when the address or the client has had its share, and
     *     of {@link Replaced} when the sign-up whose code is renewed waits no more
     */
    Mono<Void> save(CodeRequest request, VerificationMessage verificationMessage);

    /** @return empty when no sign-up waits there */
    Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now);

    /**
     * The same as {@link #save}, once it is known which sign-up waits there to be renewed: the newest of the client that
     * asks,
     * or the newest of all.
     */
    default Mono<Void> renew(
            CodeRequest request, Function<Optional<PendingRegistration>, Mono<VerificationMessage>> write) {
        return find(request.tenant(), request.email(), request.at())
                .mapNotNull(address -> address.toRenew(request.client()).orElse(null))
                .map(PendingSignUp::registration)
                .singleOptional()
                .flatMap(write)
                .flatMap(verificationMessage -> save(request, verificationMessage))
                .retryWhen(Retry.max(REPLACED_AT_MOST)
                        .filter(Replaced.class::isInstance)
                        .onRetryExhaustedThrow((_, _) -> Problems.unavailable()));
    }

    /**
     * Opens the account of the address that this code proves, for one caller alone. The sign-ups of the address go when that
     * was done or can never be done, and the code stays usable when it failed otherwise.
     *
     * @param decide which account the code opens; may be asked again, as after a crash it is
     * @return an error of {@link WrongVerificationCode} or {@link CodeInUse} when no account may be opened
     */
    Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide);

    /** The sign-up that was found waits no more. */
    final class Replaced extends RuntimeException {

        Replaced() {
            super("The sign-up waits no more", null, false, false);
        }
    }
}
