package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.registration.audit.AuditTrail;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Records what happened to an account, in the transaction of the change: for other services in the outbox, for
 * operators in the audit trail.
 */
@Component
public final class AccountEventRecorder {

    private final PostgresOutbox outbox;
    private final AuditTrail trail;

    AccountEventRecorder(PostgresOutbox outbox, AuditTrail trail) {
        this.outbox = outbox;
        this.trail = trail;
    }

    public Mono<Void> tell(AccountEvent event) {
        return tellAs(event, event);
    }

    /**
     * For requests whose event may differ from the apparent one: the trail records {@code asked}, so that its readers
     * can't learn which event was published.
     */
    public Mono<Void> tellAs(AccountEvent asked, AccountEvent event) {
        return outbox.add(event)
                .then(trail.record(
                        new TenantId(asked.tenant()), EventType.of(asked), UUID.fromString(asked.aggregateId())));
    }
}
