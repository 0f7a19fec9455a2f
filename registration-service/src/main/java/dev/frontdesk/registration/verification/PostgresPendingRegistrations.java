package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.kit.outbox.PostgresOutbox;
import dev.frontdesk.kit.problem.Problems;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.AddressTaken;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * In PostgreSQL, while Redis is away; see {@link Handover} for what becomes of it afterwards. The row of an address is
 * locked first, so that two requests for it come one after the other.
 */
@Component
final class PostgresPendingRegistrations implements PendingRegistrations {

    private static final String ADDRESS = " WHERE tenant = :tenant AND address_hash = :address_hash";

    private static final String EXISTS = "SELECT 1 FROM pending_registrations" + ADDRESS;
    private static final String FIND = "SELECT * FROM pending_registrations" + ADDRESS;

    private static final String KNOWS =
            "SELECT 1 FROM pending_registrations" + ADDRESS + " AND (expires_at > :now OR cardinality(gone) > 0)";

    private static final String LOCK = """
            INSERT INTO pending_registrations (tenant, address_hash, entry_id, email, kept_until)
            VALUES (:tenant, :address_hash, :entry_id, :email, :kept_until)
            ON CONFLICT (tenant, address_hash)
                DO UPDATE SET kept_until = greatest(pending_registrations.kept_until, excluded.kept_until)
            RETURNING *
            """;
    private static final String COUNT = "UPDATE pending_registrations SET requests = :requests" + ADDRESS;
    private static final String PROMISE = "UPDATE pending_registrations SET resend_id = :resend_id" + ADDRESS;

    private static final String SAVE = """
            UPDATE pending_registrations SET
                registration_id = :registration_id, password_hash = :password_hash,
                first_name = :first_name, last_name = :last_name, phone = :phone, locale = :locale,
                requested_at = :at, saved_at = :at, expires_at = :expires_at,
                code_hmac = :code_hmac, code_expires_at = :code_expires_at, code_attempts = 0,
                attempts = CASE WHEN expires_at > :at THEN attempts ELSE 0 END, resend_id = NULL
            """ + ADDRESS;
    private static final String RENEW = """
            UPDATE pending_registrations SET
                saved_at = :at, expires_at = :expires_at,
                code_hmac = :code_hmac, code_expires_at = :code_expires_at, code_attempts = 0
            """ + ADDRESS;

    /** Counts, then compares; the right code is no guess, so that it survives what goes wrong after it. */
    private static final String ATTEMPT = """
            UPDATE pending_registrations SET
                code_attempts = code_attempts + CASE WHEN code_hmac = :code_hmac THEN 0 ELSE 1 END,
                attempts = attempts + CASE WHEN code_hmac = :code_hmac THEN 0 ELSE 1 END
            """ + ADDRESS + """
             AND expires_at > :now AND code_expires_at > :now
             AND code_attempts < :attempts_per_code AND attempts < :attempts_per_registration
            RETURNING code_hmac = :code_hmac AS right_one
            """;

    private static final String CLAIM = FIND + " AND code_hmac = :code_hmac FOR UPDATE";
    private static final String END = """
            UPDATE pending_registrations SET
                gone = gone || registration_id, registration_id = NULL, password_hash = NULL, first_name = NULL,
                last_name = NULL, phone = NULL, locale = NULL, requested_at = NULL, saved_at = NULL, expires_at = NULL,
                code_hmac = NULL, code_expires_at = NULL, code_attempts = 0, attempts = 0
            """ + ADDRESS + " AND registration_id = :registration_id";

    private static final String TOTAL = "SELECT count(*) AS total FROM pending_registrations WHERE expires_at > :now";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresOutbox outbox;
    private final VerificationProperties limits;
    private final AccountProperties timeouts;

    PostgresPendingRegistrations(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresOutbox outbox,
            VerificationProperties limits,
            AccountProperties timeouts) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.limits = limits;
        this.timeouts = timeouts;
    }

    /** Whether anything was asked of the address that Redis has not heard of. */
    Mono<Boolean> has(TenantId tenant, EmailAddress email) {
        return at(EXISTS, tenant, email).fetch().first().hasElement().timeout(timeouts.readTimeout());
    }

    /** Whether a code of the address can be judged here: its registration waits here, or was proved here. */
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
    public Mono<Void> save(CodeRequest request, Letter letter) {
        return locked(request)
                .flatMap(row -> row.requests().contains(CountedCode.of(request))
                        ? Mono.<Void>empty()
                        : count(row, request).then(Mono.defer(() -> carryOut(row, request, letter))))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout());
    }

    private Mono<Meanwhile> locked(CodeRequest request) {
        Instant day = request.at().plus(VerificationProperties.DAY);
        Instant expiry = request.at().plus(limits.pendingTtl());
        return at(LOCK, request.tenant(), request.email())
                .bind("entry_id", UUID.randomUUID())
                .bind("email", request.email().value())
                .bind("kept_until", day.isAfter(expiry) ? day : expiry)
                .map(Meanwhile::read)
                .one();
    }

    private Mono<Void> count(Meanwhile row, CodeRequest request) {
        return Mono.fromSupplier(() -> CountedCode.count(row.requests(), request, limits))
                .flatMap(counted -> at(COUNT, request.tenant(), request.email())
                        .bind(
                                "requests",
                                counted.stream().map(CountedCode::toString).toArray(String[]::new))
                        .then());
    }

    private Mono<Void> carryOut(Meanwhile row, CodeRequest request, Letter letter) {
        return switch (letter) {
            case Letter.Code code -> write(row, request, code).then(outbox.addRecorded(code.event()));
            case Letter.Notice notice -> outbox.addRecorded(notice.event());
            case Letter.None _ ->
                request.renews()
                        ? at(PROMISE, request.tenant(), request.email())
                                .bind("resend_id", request.id())
                                .then()
                        : Mono.empty();
        };
    }

    private Mono<Void> write(Meanwhile row, CodeRequest request, Letter.Code code) {
        var registration = code.registration();
        boolean waits = row.keptAt(request.at())
                .filter(kept -> kept.registration().id().equals(registration.id()))
                .isPresent();
        if (request.renews() && !waits) {
            return Mono.error(new Replaced());
        }
        var statement = at(request.renews() ? RENEW : SAVE, request.tenant(), request.email())
                .bind("at", request.at())
                .bind("expires_at", request.at().plus(limits.pendingTtl()))
                .bind("code_hmac", code.hmac())
                .bind("code_expires_at", code.expiresAt());
        return (request.renews() ? statement : bind(statement, registration)).then();
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, PendingRegistration registration) {
        var profile = registration.profile();
        var phone = profile.phone();
        return statement
                .bind("registration_id", registration.id())
                .bind("password_hash", registration.passwordHash())
                .bind("first_name", profile.firstName().value())
                .bind("last_name", profile.lastName().value())
                .bind("phone", Parameters.in(R2dbcType.VARCHAR, phone == null ? null : phone.value()))
                .bind("locale", profile.language().tag());
    }

    @Override
    public Mono<PendingRegistration> find(TenantId tenant, EmailAddress email, Instant now) {
        return at(FIND, tenant, email)
                .map(Meanwhile::read)
                .one()
                .mapNotNull(
                        row -> row.keptAt(now).map(Meanwhile.Kept::registration).orElse(null))
                .timeout(timeouts.readTimeout());
    }

    @Override
    public <T> Mono<T> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<PendingRegistration, Mono<T>> open) {
        return at(ATTEMPT, tenant, email)
                .bind("code_hmac", codeHmac)
                .bind("now", now)
                .bind("attempts_per_code", limits.attemptsPerCode())
                .bind("attempts_per_registration", limits.attemptsPerRegistration())
                .mapValue(Boolean.class)
                .one()
                .timeout(timeouts.readTimeout())
                .filter(right -> right)
                .flatMap(_ -> consume(tenant, email, codeHmac, open))
                .switchIfEmpty(Mono.defer(() -> refused(tenant, email, now)));
    }

    /** Where the row went to Redis while this waited for it, nothing is known of the code. */
    private <T> Mono<T> refused(TenantId tenant, EmailAddress email, Instant now) {
        return knows(tenant, email, now)
                .flatMap(known -> Mono.error(known ? new WrongVerificationCode() : Problems.unavailable()));
    }

    /** The account and the end of the registration in one transaction; whoever comes second finds no such code. */
    private <T> Mono<T> consume(
            TenantId tenant, EmailAddress email, String codeHmac, Function<PendingRegistration, Mono<T>> open) {
        return at(CLAIM, tenant, email)
                .bind("code_hmac", codeHmac)
                .map(Meanwhile::read)
                .one()
                .flatMap(row -> Mono.justOrEmpty(row.kept()))
                .map(Meanwhile.Kept::registration)
                .flatMap(registration -> open.apply(registration)
                        .onErrorMap(AddressTaken.class, taken -> new OfAnother(registration, taken))
                        .delayUntil(_ -> end(registration)))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout())
                .onErrorResume(OfAnother.class, it -> end(it.registration).then(Mono.error(it.taken)));
    }

    private Mono<Void> end(PendingRegistration registration) {
        return at(END, registration.tenant(), registration.email())
                .bind("registration_id", registration.id())
                .then();
    }

    /** The address of the registration is another's by now; the transaction ends with it, and the registration after it. */
    private static final class OfAnother extends RuntimeException {

        private final transient PendingRegistration registration;
        private final AddressTaken taken;

        OfAnother(PendingRegistration registration, AddressTaken taken) {
            super(taken.getMessage(), taken, false, false);
            this.registration = registration;
            this.taken = taken;
        }
    }

    private GenericExecuteSpec at(String sql, TenantId tenant, EmailAddress email) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("address_hash", email.hash());
    }
}
