package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.kit.problem.Problems;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** All pending registrations with their codes, and the events that they cause. */
interface PendingRegistrations {

    /** How often somebody else may register the same address in the very moment of a resend. */
    int REPLACED_AT_MOST = 2;

    /**
     * Counts the request and does what it leads to, both or neither; doing it again changes nothing.
     *
     * @return an error of {@link TooManyCodes}, with nothing written, when the address has had its share, and of
     *     {@link Replaced} when the registration whose code is renewed is not the one that waits
     */
    Mono<Void> save(CodeRequest request, Letter letter);

    /** @return empty when nobody waits there */
    Mono<PendingRegistration> find(TenantId tenant, EmailAddress email, Instant now);

    /** The same as {@link #save}, once it is known who waits there. */
    default Mono<Void> renew(CodeRequest request, Function<Optional<PendingRegistration>, Mono<Letter>> write) {
        return find(request.tenant(), request.email(), request.at())
                .singleOptional()
                .flatMap(write)
                .flatMap(letter -> save(request, letter))
                .retryWhen(Retry.max(REPLACED_AT_MOST)
                        .filter(Replaced.class::isInstance)
                        .onRetryExhaustedThrow((_, _) -> Problems.unavailable()));
    }

    /**
     * Has the account of the registration opened whose code this is, by one caller alone. The registration goes when that
     * was done or can never be done, and its code stays usable when it failed otherwise.
     *
     * @param open may be repeated, as after a crash it is
     * @return an error of {@link WrongVerificationCode} or {@link CodeInUse} when the account may not be opened
     */
    <T> Mono<T> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<PendingRegistration, Mono<T>> open);

    /** Another sign-up has taken the place of the one that was found. */
    final class Replaced extends RuntimeException {

        Replaced() {
            super("Another registration has taken its place", null, false, false);
        }
    }
}
