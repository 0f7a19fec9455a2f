package dev.frontdesk.registration.recovery;

import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.audit.AuditTrail;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.codes.VerificationCodes;
import dev.frontdesk.registration.proofs.ClientProofs;
import dev.frontdesk.registration.proofs.Proof;
import dev.frontdesk.registration.proofs.ProofProperties;
import dev.frontdesk.registration.proofs.Purpose;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Sends a code or link to reset a forgotten password. Work and response are the same whether the address has an
 * account, a disabled one or none: a proof is written and counted, a code is sealed, one transaction ends. The only
 * difference is whether an event is added.
 */
@Component
final class Recovery {

    static final Purpose PURPOSE = Purpose.PASSWORD_RESET;

    private final Accounts accounts;
    private final ClientProofs proofs;
    private final VerificationCodes codes;
    private final SealedSecrets secrets;
    private final PostgresOutbox outbox;
    private final AuditTrail trail;
    private final TransactionalOperator transaction;
    private final ProofProperties limits;
    private final ResetProperties reset;
    private final AccountProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Recovery(
            Accounts accounts,
            ClientProofs proofs,
            VerificationCodes codes,
            SealedSecrets secrets,
            PostgresOutbox outbox,
            AuditTrail trail,
            TransactionalOperator transaction,
            ProofProperties limits,
            ResetProperties reset,
            AccountProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.proofs = proofs;
        this.codes = codes;
        this.secrets = secrets;
        this.outbox = outbox;
        this.trail = trail;
        this.transaction = transaction;
        this.limits = limits;
        this.reset = reset;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What the client learns.
     *
     * @param expiresAt when the code, if there is one, expires
     * @param resendAt when another code may be requested
     */
    record Requested(Instant expiresAt, Instant resendAt) {}

    /** @param client the requesting client; codes of other clients stay valid */
    Mono<Requested> request(TenantId tenant, EmailAddress email, ClientRange client) {
        return accounts.findOpen(tenant, email).singleOptional().flatMap(owner -> send(tenant, email, client, owner));
    }

    private Mono<Requested> send(TenantId tenant, EmailAddress email, ClientRange client, Optional<Account> owner) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = now.plus(limits.codeTtl());
        UUID id = UUID.randomUUID();
        VerificationCode code = codes.next();
        ResetToken token = ResetToken.random(random);
        Optional<String> link = reset.linkWith(token);
        var proof = new Proof(
                tenant,
                PURPOSE,
                email.hash(),
                id,
                owner.map(Account::id).orElse(null),
                owner.map(Account::credentialsVersion).orElse(0L),
                null,
                codes.hmac(tenant, email.hash(), PURPOSE.key(), code.digits()),
                link.map(_ -> tokenHmac(codes, tenant, token)).orElse(null),
                expiresAt);
        // Code and link are sealed together, the link after the code.
        String secret = link.map(it -> code.digits() + " " + it).orElse(code.digits());
        var event = new PasswordResetRequested(
                tenant.value(),
                owner.map(Account::id).orElse(id),
                id,
                email.value(),
                owner.map(it -> it.profile().firstName().value()).orElse("Nobody"),
                owner.map(it -> it.profile().language().tag()).orElse("en"),
                secrets.seal(secret, PURPOSE.key() + ":" + id),
                expiresAt);
        return proofs.ask(proof, client)
                .then(outbox.addIf(owner.isPresent(), event))
                .then(trail.passwordForgotten(
                        tenant, email, owner.map(Account::id).orElse(null)))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout())
                .thenReturn(new Requested(expiresAt, now.plus(limits.resendWait())));
    }

    /** A proof is looked up by this HMAC alone, so it contains no subject. */
    static String tokenHmac(VerificationCodes codes, TenantId tenant, ResetToken token) {
        return codes.hmac(tenant, "", PURPOSE.key() + "-link", token.value());
    }
}
