package dev.frontdesk.registration.audit;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.CallOrigin;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.EmailAddress;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Records what is done to accounts, tenants, API keys and gateways. Actor and origin are taken from the request that is being handled. */
@Component
public final class AuditTrail {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private static final String WRITE = """
            INSERT INTO security_events (id, tenant, kind, actor, actor_id, account_id, api_key_id, subject,
                                         client_address, user_agent, occurred_at, last_at, same)
            VALUES (:id, :tenant, :kind, :actor, :actor_id, :account_id, :api_key_id, :subject,
                    :client_address, :user_agent, :now, :now, :same)
            ON CONFLICT (tenant, same) DO UPDATE
            SET occurrences = security_events.occurrences + 1, last_at = excluded.last_at
            """;

    private final DatabaseClient database;
    private final Clock clock;

    AuditTrail(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Writes in the current transaction: together with the change, or not at all. */
    public Mono<Void> record(TenantId tenant, EventType type, UUID accountId) {
        return CallOrigin.current()
                .flatMap(call -> write(
                        tenant, type.fact(), Actor.of(call.caller()), Target.account(accountId), call.origin(), null));
    }

    /** Records what was done to the tenant itself, in the current transaction. */
    public Mono<Void> tenantChanged(TenantId tenant, EventType type) {
        return CallOrigin.current()
                .flatMap(call -> write(tenant, type.fact(), Actor.of(call.caller()), Target.NONE, call.origin(), null));
    }

    /** Records what was done to what all gateways share, in the current transaction. It belongs to no tenant. */
    public Mono<Void> gatewaysChanged(EventType type) {
        return tenantChanged(TenantId.DEFAULT, type);
    }

    /** Records what was done to an API key, in the current transaction. */
    public Mono<Void> apiKeyChanged(TenantId tenant, EventType type, UUID keyId) {
        return CallOrigin.current()
                .flatMap(call ->
                        write(tenant, type.fact(), Actor.of(call.caller()), Target.apiKey(keyId), call.origin(), null));
    }

    /**
     * Records a login with the correct password. Never fails: a trail that can't be written is no reason to refuse a
     * login.
     */
    public Mono<Void> loginAccepted(TenantId tenant, UUID accountId) {
        return CallOrigin.current()
                .flatMap(call -> write(
                        tenant,
                        EventType.SESSION_OPENED.fact(),
                        new Actor("account", accountId),
                        Target.account(accountId),
                        call.origin(),
                        null))
                .timeout(WITHIN)
                .onErrorResume(AuditTrail::unwritten);
    }

    /**
     * Records a login with a wrong password or for an address without an account, in the same way. Refusals within one
     * hour at one address from one client share one row, so that guessing does not fill the disk. Never fails.
     */
    public Mono<Void> loginRefused(TenantId tenant, Optional<EmailAddress> email, @Nullable UUID accountId) {
        return CallOrigin.current()
                .flatMap(call -> write(
                        tenant,
                        SecurityEventKinds.SESSION_REFUSED,
                        new Actor("anonymous", null),
                        accountId == null ? email.map(Target::address).orElse(Target.NONE) : Target.account(accountId),
                        call.origin(),
                        sameHour(email, call.origin())))
                .timeout(WITHIN)
                .onErrorResume(AuditTrail::unwritten);
    }

    /**
     * Records a request to reset a password. Writes the same whether the address has an account or not, in the current
     * transaction.
     */
    public Mono<Void> passwordForgotten(TenantId tenant, EmailAddress email, @Nullable UUID accountId) {
        return CallOrigin.current()
                .flatMap(call -> write(
                        tenant,
                        EventType.PASSWORD_RESET_REQUESTED.fact(),
                        Actor.of(call.caller()),
                        accountId == null ? Target.address(email) : Target.account(accountId),
                        call.origin(),
                        null));
    }

    /** Records that an operator deleted a pending sign-up. Never fails: the sign-up is already deleted. */
    public Mono<Void> signUpDeleted(TenantId tenant, EmailAddress email) {
        return CallOrigin.current()
                .flatMap(call -> write(
                        tenant,
                        SecurityEventKinds.SIGN_UP_DELETED,
                        Actor.of(call.caller()),
                        Target.address(email),
                        call.origin(),
                        null))
                .timeout(WITHIN)
                .onErrorResume(AuditTrail::unwritten);
    }

    /**
     * What something was done to.
     *
     * @param address of no account, masked
     */
    private record Target(
            @Nullable UUID account,
            @Nullable UUID apiKey,
            @Nullable String address) {

        private static final Target NONE = new Target(null, null, null);

        private static Target account(UUID id) {
            return new Target(id, null, null);
        }

        private static Target apiKey(UUID id) {
            return new Target(null, id, null);
        }

        private static Target address(EmailAddress email) {
            return new Target(null, null, email.toString());
        }
    }

    private Mono<Void> write(
            TenantId tenant, String kind, Actor actor, Target target, Origin origin, @Nullable String same) {
        return database.sql(WRITE)
                .bind("id", UUID.randomUUID())
                .bind("tenant", tenant.value())
                .bind("kind", kind)
                .bind("actor", actor.kind())
                .bind("actor_id", orNull(actor.id()))
                .bind("account_id", orNull(target.account()))
                .bind("api_key_id", orNull(target.apiKey()))
                .bind("subject", Parameters.in(R2dbcType.VARCHAR, target.address()))
                .bind("client_address", Parameters.in(R2dbcType.VARCHAR, origin.address()))
                .bind("user_agent", Parameters.in(R2dbcType.VARCHAR, origin.userAgent()))
                .bind("now", now())
                .bind("same", Parameters.in(R2dbcType.VARCHAR, same))
                .then();
    }

    private String sameHour(Optional<EmailAddress> email, Origin origin) {
        String same = String.join(
                "\n",
                now().truncatedTo(ChronoUnit.HOURS).toString(),
                String.valueOf(origin.address()),
                email.map(EmailAddress::value).orElse(""));
        return UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Mono<Void> unwritten(Throwable error) {
        return TraceLog.line(() -> log.warn("Security event could not be stored: {}", error.toString()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Parameter orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }
}
