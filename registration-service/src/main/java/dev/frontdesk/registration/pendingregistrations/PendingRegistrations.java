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

/** Stores the sign-ups whose address is not proved yet, with their codes and the resulting events. */
public interface PendingRegistrations {

    /** How often {@link #renew} tries again after the sign-up to renew was removed in the meantime. */
    int REPLACED_AT_MOST = 2;

    /**
     * Checks a request against the limits, as far as they are known now. Counts nothing; {@link #save} decides.
     *
     * @return fails with {@link CodeLimitExceeded} when a limit is exceeded
     */
    Mono<Void> check(CodeRequest request);

    /**
     * Counts the request and carries it out, atomically. Idempotent.
     *
     * @return fails, with nothing written: with {@link CodeLimitExceeded} when the address or the client has reached
     *     its limit, with {@link Replaced} when the sign-up to renew is no longer pending
     */
    Mono<Void> save(CodeRequest request, VerificationMessage verificationMessage);

    /** @return empty when the address has no pending sign-up */
    Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now);

    /**
     * Like {@link #save}, for the pending sign-up to renew: the newest of the requesting client, or the newest of all.
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
     * Opens the account of the address that this code proves; only one caller at a time may do so. The sign-ups of the
     * address are removed when the account was opened or can never be opened. After any other failure the code stays
     * usable.
     *
     * @param decide chooses the account that the code opens; may be called again, for example after a crash
     * @return fails with {@link WrongVerificationCode} or {@link CodeInUse} when no account may be opened
     */
    Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide);

    /** The sign-up that was found is no longer pending. */
    final class Replaced extends RuntimeException {

        Replaced() {
            super("The sign-up is no longer pending", null, false, false);
        }
    }
}
