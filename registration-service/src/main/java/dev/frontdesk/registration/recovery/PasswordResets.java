package dev.frontdesk.registration.recovery;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.AccountSignals;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.codes.VerificationCodes;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.pendingregistrations.WrongVerificationCode;
import dev.frontdesk.registration.proofs.ClientProofs;
import dev.frontdesk.registration.proofs.Proof;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Replaces a forgotten password. One transaction counts the attempt, compares and uses up the code, and changes the
 * password. A failure leaves the code usable; a refusal leaves the attempt counted. A wrong code or token costs the
 * same little work, whatever is wrong with it: the new password is hashed only for a correct one, inside the
 * transaction. Correct ones are rare, so few connections wait for a hash.
 */
@Component
final class PasswordResets {

    private final ClientProofs proofs;
    private final VerificationCodes codes;
    private final Accounts accounts;
    private final AccountChanges changes;
    private final AccountSignals signals;
    private final PasswordHashing hashing;
    private final PasswordPolicy policy;
    private final TransactionalOperator transaction;
    private final AccountProperties properties;

    PasswordResets(
            ClientProofs proofs,
            VerificationCodes codes,
            Accounts accounts,
            AccountChanges changes,
            AccountSignals signals,
            PasswordHashing hashing,
            PasswordPolicy policy,
            TransactionalOperator transaction,
            AccountProperties properties) {
        this.proofs = proofs;
        this.codes = codes;
        this.accounts = accounts;
        this.changes = changes;
        this.signals = signals;
        this.hashing = hashing;
        this.policy = policy;
        this.transaction = transaction;
        this.properties = properties;
    }

    /** @return fails with {@link WrongVerificationCode}, whatever is wrong with address and code */
    Mono<Void> byCode(TenantId tenant, EmailAddress email, VerificationCode code, Password chosen) {
        String hmac = codes.hmac(tenant, email.hash(), Recovery.PURPOSE.key(), code.digits());
        return reset(proofs.proveByCode(tenant, Recovery.PURPOSE, email.hash(), hmac), chosen);
    }

    /** @return fails with {@link WrongVerificationCode}, whatever is wrong with the token */
    Mono<Void> byToken(TenantId tenant, ResetToken token, Password chosen) {
        String hmac = Recovery.tokenHmac(codes, tenant, token);
        return reset(proofs.proveByToken(tenant, Recovery.PURPOSE, hmac), chosen);
    }

    private Mono<Void> reset(Mono<Proof> proof, Password chosen) {
        return proof.flatMap(this::owner)
                .doOnNext(owner -> check(owner, chosen))
                .flatMap(owner -> hashing.hash(chosen).flatMap(hash -> changes.resetPassword(owner, hash)))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout())
                .delayUntil(changed -> signals.outdated(changed, null))
                .switchIfEmpty(Mono.error(WrongVerificationCode::new))
                .then();
    }

    /** Empty when the account was deleted, or its credentials changed since the code was requested. */
    private Mono<Account> owner(Proof proof) {
        return Mono.justOrEmpty(proof.accountId())
                .flatMap(id -> accounts.find(proof.tenant(), id))
                .filter(account -> account.credentialsVersion() == proof.credentialsVersion());
    }

    /**
     * Checks the rules that need the account; all others were checked before. The code was correct, and a refusal here
     * leaves it usable.
     */
    private void check(Account owner, Password chosen) {
        policy.objection(
                        chosen,
                        owner.email(),
                        owner.profile().firstName(),
                        owner.profile().lastName())
                .ifPresent(objection -> {
                    throw ProblemException.invalid("new_password", objection);
                });
    }
}
