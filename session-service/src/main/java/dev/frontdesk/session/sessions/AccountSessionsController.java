package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.problem.ProblemException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/admin/accounts/{id}/sessions}: what operators see of an account's sessions. */
@RestController
class AccountSessionsController {

    private final Sessions sessions;

    AccountSessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * A session as operators see it: as its owner does.
     *
     * @param deviceName empty when nothing is known of the device
     * @param address where the login came from
     */
    record AccountSession(
            UUID sessionId,
            UUID deviceId,
            String deviceName,
            String userAgent,
            @Nullable String address,
            Instant createdAt,
            Instant lastActivityAt,
            Instant expiresAt) {

        static AccountSession of(Session session) {
            var device = session.device();
            return new AccountSession(
                    session.id(),
                    device.id(),
                    device.name(),
                    device.userAgent().value(),
                    device.address(),
                    session.createdAt(),
                    session.lastActivityAt(),
                    session.expiresAt());
        }
    }

    record AccountSessions(List<AccountSession> sessions) {}

    /** The most recently used first; none of an account that there is not: accounts are not known here. */
    @GetMapping("/api/v1/admin/accounts/{id}/sessions")
    Mono<ResponseEntity<AccountSessions>> list(@PathVariable String id, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return accountIn(id)
                .flatMap(account -> sessions.of(tenant, account))
                .map(open -> open.stream()
                        .sorted(Comparator.comparing(Session::lastActivityAt).reversed())
                        .map(AccountSession::of)
                        .toList())
                .map(open ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new AccountSessions(open)));
    }

    private static Mono<UUID> accountIn(String id) {
        try {
            return Mono.just(UUID.fromString(id));
        } catch (IllegalArgumentException notOne) {
            return Mono.error(new ProblemException(ProblemType.NOT_FOUND, "This tenant has no such account."));
        }
    }
}
