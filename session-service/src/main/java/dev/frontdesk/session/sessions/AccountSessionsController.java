package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/admin/accounts/{id}/sessions}: lists an account's sessions for operators. */
@RestController
class AccountSessionsController {

    private final Sessions sessions;

    AccountSessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    record AccountSessions(List<SessionDetails> sessions) {}

    /**
     * The most recently used first. The list of an unknown account is empty, because this service does not know the
     * accounts.
     */
    @GetMapping("/api/v1/admin/accounts/{id}/sessions")
    Mono<ResponseEntity<AccountSessions>> list(@PathVariable UUID id, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return sessions.of(tenant, id)
                .map(open -> open.stream()
                        .sorted(Comparator.comparing(Session::lastActivityAt).reversed())
                        .map(SessionDetails::of)
                        .toList())
                .map(open ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new AccountSessions(open)));
    }
}
