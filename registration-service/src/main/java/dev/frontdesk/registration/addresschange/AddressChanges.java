package dev.frontdesk.registration.addresschange;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.AddressChangeRequested;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.AccountEventRecorder;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.codes.VerificationCodes;
import dev.frontdesk.registration.pendingregistrations.WrongVerificationCode;
import dev.frontdesk.registration.profilecache.CachedProfiles;
import dev.frontdesk.registration.proofs.Proof;
import dev.frontdesk.registration.proofs.ProofProperties;
import dev.frontdesk.registration.proofs.Proofs;
import dev.frontdesk.registration.proofs.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Changes the address of an account. If the new address already has an account, only its owner is told, by a mail of
 * another kind. The requesting client gets the same response, and the code is stored but never sent.
 */
@Component
final class AddressChanges {

    private static final Purpose PURPOSE = Purpose.ADDRESS_CHANGE;

    private final Accounts accounts;
    private final AccountChanges changes;
    private final CachedProfiles profiles;
    private final Proofs proofs;
    private final VerificationCodes codes;
    private final SealedSecrets secrets;
    private final AccountEventRecorder facts;
    private final TransactionalOperator transaction;
    private final ProofProperties limits;
    private final AccountProperties properties;
    private final Clock clock;

    AddressChanges(
            Accounts accounts,
            AccountChanges changes,
            CachedProfiles profiles,
            Proofs proofs,
            VerificationCodes codes,
            SealedSecrets secrets,
            AccountEventRecorder facts,
            TransactionalOperator transaction,
            ProofProperties limits,
            AccountProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.changes = changes;
        this.profiles = profiles;
        this.proofs = proofs;
        this.codes = codes;
        this.secrets = secrets;
        this.facts = facts;
        this.transaction = transaction;
        this.limits = limits;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param expiresAt when the code expires
     * @param resendAt when another code may be requested
     */
    record Requested(Instant expiresAt, Instant resendAt) {}

    /** @param account whose owner has just given the correct password */
    Mono<Requested> request(Account account, EmailAddress wanted) {
        return accounts.find(account.tenant(), wanted)
                .singleOptional()
                .flatMap(holder -> send(account, wanted, holder));
    }

    private Mono<Requested> send(Account account, EmailAddress wanted, Optional<Account> holder) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = now.plus(limits.codeTtl());
        UUID id = UUID.randomUUID();
        VerificationCode code = codes.next();
        var proof = new Proof(
                account.tenant(),
                PURPOSE,
                account.id().toString(),
                id,
                account.id(),
                account.credentialsVersion(),
                wanted.value(),
                hmac(account, code),
                null,
                expiresAt);
        AccountEvent requested = requested(account, wanted, id, code, expiresAt);
        AccountEvent told =
                holder.<AccountEvent>map(AddressChanges::alreadyRegistered).orElse(requested);
        // The owner can read the trail, so it records what was requested and not the result.
        return proofs.ask(proof)
                .then(facts.tellAs(requested, told))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout())
                .thenReturn(new Requested(expiresAt, now.plus(limits.resendWait())));
    }

    /**
     * Changes the account's address to the one that the correct code was sent to.
     *
     * @return fails with {@link WrongVerificationCode}, whatever is wrong with the code
     */
    Mono<Account> verify(Caller.Account caller, VerificationCode code) {
        return accounts.find(caller.tenant(), caller.accountId())
                .flatMap(account ->
                        prove(account, code).as(transaction::transactional).timeout(properties.writeTimeout()))
                .switchIfEmpty(Mono.error(WrongVerificationCode::new))
                .delayUntil(profiles::changed);
    }

    /** Empty when the code is wrong, or the credentials changed since it was requested. */
    private Mono<Account> prove(Account account, VerificationCode code) {
        return proofs.proveByCode(account.tenant(), PURPOSE, account.id().toString(), hmac(account, code))
                .filter(proof -> proof.credentialsVersion() == account.credentialsVersion())
                .flatMap(proof -> Mono.justOrEmpty(proof.email()))
                .flatMap(email -> changes.changeAddress(account, new EmailAddress(email)));
    }

    private String hmac(Account account, VerificationCode code) {
        return codes.hmac(account.tenant(), account.id().toString(), PURPOSE.key(), code.digits());
    }

    private AddressChangeRequested requested(
            Account account, EmailAddress wanted, UUID id, VerificationCode code, Instant expiresAt) {
        return new AddressChangeRequested(
                account.tenant().value(),
                account.id(),
                id,
                wanted.value(),
                account.profile().firstName().value(),
                account.profile().language().tag(),
                secrets.seal(code.digits(), PURPOSE.key() + ":" + id),
                expiresAt);
    }

    private static AddressAlreadyRegistered alreadyRegistered(Account holder) {
        return new AddressAlreadyRegistered(
                holder.tenant().value(),
                holder.id(),
                holder.email().value(),
                holder.profile().firstName().value(),
                holder.profile().language().tag());
    }
}
