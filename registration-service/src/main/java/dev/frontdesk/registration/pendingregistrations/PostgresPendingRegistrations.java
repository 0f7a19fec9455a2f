package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.accounts.AddressTaken;
import dev.frontdesk.registration.codes.VerificationProperties;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Stores pending registrations in PostgreSQL while Redis is down; {@link RedisHandover} moves them to Redis afterwards.
 * Changes lock the row of the address first, so that concurrent requests for one address run one after the other.
 */
@Component
public final class PostgresPendingRegistrations implements PendingRegistrations {

    private static final String ADDRESS = " WHERE tenant = :tenant AND address_hash = :address_hash";

    private static final String EXISTS = "SELECT 1 FROM pending_registrations" + ADDRESS;
    private static final String FIND = "SELECT * FROM pending_registrations" + ADDRESS;
    private static final String FIND_AND_LOCK = FIND + " FOR UPDATE";

    private static final String KNOWS =
            "SELECT 1 FROM pending_registrations" + ADDRESS + " AND (pending_until > :now OR cardinality(gone) > 0)";

    private static final String LOCK = """
            INSERT INTO pending_registrations (tenant, address_hash, entry_id, email, kept_until)
            VALUES (:tenant, :address_hash, :entry_id, :email, :kept_until)
            ON CONFLICT (tenant, address_hash)
                DO UPDATE SET kept_until = greatest(pending_registrations.kept_until, excluded.kept_until)
            RETURNING *
            """;
    private static final String COUNT = "UPDATE pending_registrations SET requests = :requests" + ADDRESS;
    private static final String PROMISE = "UPDATE pending_registrations SET resend_id = :resend_id" + ADDRESS;
    private static final String KEPT_PROMISE = "UPDATE pending_registrations SET resend_id = NULL" + ADDRESS;

    private static final String WRITE = """
            UPDATE pending_registrations SET
                sign_ups = CAST(:sign_ups AS jsonb), contested = :contested, attempts = :attempts,
                attempts_until = :attempts_until, pending_until = :pending_until
            """ + ADDRESS;

    private static final String END = """
            UPDATE pending_registrations SET
                gone = gone || CAST(:ids AS uuid[]), sign_ups = '[]', contested = false, attempts = 0,
                pending_until = NULL
            """ + ADDRESS;

    private static final String TOTAL = """
            SELECT count(*) AS total FROM pending_registrations WHERE pending_until > :now
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresOutbox outbox;
    private final VerificationProperties limits;
    private final Accounts accounts;
    private final AccountProperties timeouts;

    PostgresPendingRegistrations(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresOutbox outbox,
            VerificationProperties limits,
            Accounts accounts,
            AccountProperties timeouts) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.limits = limits;
        this.accounts = accounts;
        this.timeouts = timeouts;
    }

    /** Whether the address has requests that were not handed over to Redis yet. */
    Mono<Boolean> has(TenantId tenant, EmailAddress email) {
        return at(EXISTS, tenant, email).fetch().first().hasElement().timeout(timeouts.readTimeout());
    }

    /** Whether a code of the address can be checked here: a sign-up is stored here, or its address was proved here. */
    Mono<Boolean> knows(TenantId tenant, EmailAddress email, Instant now) {
        return at(KNOWS, tenant, email)
                .bind("now", now)
                .fetch()
                .first()
                .hasElement()
                .timeout(timeouts.readTimeout());
    }

    Mono<Long> total(Instant now) {
        return database.sql(TOTAL).bind("now", now).mapValue(Long.class).one().timeout(timeouts.readTimeout());
    }

    @Override
    public Mono<Void> check(CodeRequest request) {
        return entry(FIND, request.tenant(), request.email())
                .map(OutageEntry::requests)
                .defaultIfEmpty(List.of())
                .doOnNext(earlier -> RequestedCode.count(earlier, request, limits))
                .then()
                .timeout(timeouts.readTimeout());
    }

    @Override
    public Mono<Void> save(CodeRequest request, VerificationMessage verificationMessage) {
        return locked(request)
                .flatMap(entry -> entry.requests().contains(RequestedCode.of(request))
                        ? Mono.<Void>empty()
                        : count(entry, request).then(Mono.defer(() -> carryOut(entry, request, verificationMessage))))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout());
    }

    private Mono<OutageEntry> locked(CodeRequest request) {
        Instant day = request.at().plus(VerificationProperties.DAY);
        Instant expiry = request.at().plus(limits.pendingTtl());
        return at(LOCK, request.tenant(), request.email())
                .bind("entry_id", UUID.randomUUID())
                .bind("email", request.email().value())
                .bind("kept_until", day.isAfter(expiry) ? day : expiry)
                .map(OutageEntry::read)
                .one();
    }

    private Mono<Void> count(OutageEntry entry, CodeRequest request) {
        return Mono.fromSupplier(() -> RequestedCode.count(entry.requests(), request, limits))
                .flatMap(counted -> at(COUNT, request.tenant(), request.email())
                        .bind(
                                "requests",
                                counted.stream().map(RequestedCode::toString).toArray(String[]::new))
                        .then());
    }

    private Mono<Void> carryOut(OutageEntry entry, CodeRequest request, VerificationMessage verificationMessage) {
        return switch (verificationMessage) {
            case VerificationMessage.Code code ->
                request.renews() ? renew(entry, request, code) : signUp(entry, request, code);
            case VerificationMessage.Notice notice -> outbox.addRecorded(notice.event());
            case VerificationMessage.None _ ->
                request.renews()
                        ? at(PROMISE, request.tenant(), request.email())
                                .bind("resend_id", request.id())
                                .then()
                        : Mono.empty();
        };
    }

    private Mono<Void> signUp(OutageEntry entry, CodeRequest request, VerificationMessage.Code code) {
        var after = entry.pending().with(PendingSignUp.of(request, code, limits), request.at(), limits);
        return write(request.tenant(), request.email(), after)
                .then(at(KEPT_PROMISE, request.tenant(), request.email()).then())
                .then(tell(after, code));
    }

    private Mono<Void> renew(OutageEntry entry, CodeRequest request, VerificationMessage.Code code) {
        var pending = entry.pending().at(request.at());
        return Mono.justOrEmpty(pending.signUp(code.registration().id()))
                .switchIfEmpty(Mono.error(Replaced::new))
                .map(waiting -> pending.replacing(waiting.renewed(request, code, limits)))
                .flatMap(
                        after -> write(request.tenant(), request.email(), after).then(tell(after, code)));
    }

    private Mono<Void> tell(PendingAddress pending, VerificationMessage.Code code) {
        return outbox.addRecorded(pending.contested() ? code.repeatedEvent() : code.event());
    }

    private Mono<Void> write(TenantId tenant, EmailAddress email, PendingAddress pending) {
        Optional<Instant> pendingUntil =
                pending.signUps().stream().map(PendingSignUp::expiresAt).max(Comparator.naturalOrder());
        return at(WRITE, tenant, email)
                .bind("sign_ups", OutageEntry.json(pending))
                .bind("contested", pending.contested())
                .bind("attempts", pending.attempts())
                .bind("attempts_until", pending.attemptsUntil())
                .bind("pending_until", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, pendingUntil.orElse(null)))
                .then();
    }

    @Override
    public Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now) {
        return entry(FIND, tenant, email)
                .map(entry -> entry.pending().at(now))
                .filter(address -> !address.isEmpty())
                .timeout(timeouts.readTimeout());
    }

    /** A correct code alone activates no password here, because Redis may hold another sign-up of the address. */
    @Override
    public Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide) {
        return entry(FIND, tenant, email)
                .timeout(timeouts.readTimeout())
                .map(entry -> entry.pending().guess(codeHmac, now, limits))
                .flatMap(guess ->
                        guess.isWrong() ? count(tenant, email, codeHmac, now) : Mono.justOrEmpty(guess.proved()))
                .flatMap(code -> decide.apply(code).flatMap(account -> consume(email, codeHmac, now, account)))
                .switchIfEmpty(Mono.defer(() -> refused(tenant, email, now)));
    }

    /**
     * Counts a wrong code under the row lock. Compares it once more, because another code may have been created in the
     * meantime. A correct code counts as no guess; {@code consume} checks the guess limit again, also under the row
     * lock.
     */
    private Mono<VerifiedCode> count(TenantId tenant, EmailAddress email, String codeHmac, Instant now) {
        return entry(FIND_AND_LOCK, tenant, email)
                .map(entry -> entry.pending().guess(codeHmac, now, limits))
                .flatMap(guess -> guess.isWrong()
                        ? write(tenant, email, guess.after()).then(Mono.<VerifiedCode>empty())
                        : Mono.justOrEmpty(guess.proved()))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout());
    }

    /** If the row was handed over to Redis while this request waited for the lock, the code can't be checked here. */
    private Mono<Account> refused(TenantId tenant, EmailAddress email, Instant now) {
        return knows(tenant, email, now)
                .flatMap(known -> Mono.error(known ? new WrongVerificationCode() : Problems.unavailable()));
    }

    /**
     * Opens the account and removes the sign-ups in one transaction. A concurrent second request no longer finds the
     * code.
     */
    private Mono<Account> consume(EmailAddress email, String codeHmac, Instant now, Account account) {
        TenantId tenant = account.tenant();
        return entry(FIND_AND_LOCK, tenant, email)
                .map(OutageEntry::pending)
                .filter(pending -> pending.guess(codeHmac, now, limits).right().isPresent())
                .flatMap(pending -> accounts.open(account)
                        .onErrorMap(AddressTaken.class, taken -> new OfAnother(pending, taken))
                        .delayUntil(_ -> end(tenant, email, pending)))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout())
                .onErrorResume(
                        OfAnother.class, it -> end(tenant, email, it.pending).then(Mono.error(it.taken)));
    }

    private Mono<Void> end(TenantId tenant, EmailAddress email, PendingAddress pending) {
        return at(END, tenant, email)
                .bind(
                        "ids",
                        pending.signUps().stream()
                                .map(signUp -> signUp.registration().id())
                                .toArray(UUID[]::new))
                .then();
    }

    /** The address has another account by now. This rolls back the transaction; the sign-ups are removed afterwards. */
    private static final class OfAnother extends RuntimeException {

        private final transient PendingAddress pending;
        private final AddressTaken taken;

        OfAnother(PendingAddress pending, AddressTaken taken) {
            super(taken.getMessage(), taken, false, false);
            this.pending = pending;
            this.taken = taken;
        }
    }

    private Mono<OutageEntry> entry(String sql, TenantId tenant, EmailAddress email) {
        return at(sql, tenant, email).map(OutageEntry::read).one();
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, EmailAddress email) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("address_hash", email.hash());
    }
}
