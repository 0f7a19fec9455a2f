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
 * Tells what happened to an account, in the transaction in which it happens: to the other services through the outbox, and
 * to operators in the trail.
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
     * Something was asked for that may lead to another event than it seems: the trail has the first, whoever reads it must
     * not learn which of the two it was.
     */
    public Mono<Void> tellAs(AccountEvent asked, AccountEvent event) {
        return outbox.add(event)
                .then(trail.record(
                        new TenantId(asked.tenant()), EventType.of(asked), UUID.fromString(asked.aggregateId())));
    }
}
