package dev.frontdesk.registration.exports;

import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.audit.SecurityEvent;
import dev.frontdesk.registration.audit.SecurityEvents;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was done to the account, or attempted, newest first. */
@Component
final class SecurityEventsPart implements ExportPart {

    private static final int MOST = 1_000;
    private static final Set<String> HIDDEN = Set.of("operator", "api-key");

    private final SecurityEvents events;

    SecurityEventsPart(SecurityEvents events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "security_events";
    }

    @Override
    public Mono<List<SecurityEvent>> of(Account account) {
        return events.newestOf(account.tenant(), account.id(), MOST)
                .map(event -> HIDDEN.contains(event.actor()) ? withoutOrigin(event) : event)
                .collectList();
    }

    /** The origin of an operator or an application is their data, not the account owner's. */
    private static SecurityEvent withoutOrigin(SecurityEvent event) {
        return new SecurityEvent(
                event.id(),
                event.kind(),
                event.actor(),
                null,
                event.accountId(),
                event.apiKeyId(),
                event.subject(),
                null,
                null,
                event.occurredAt(),
                event.lastAt(),
                event.occurrences());
    }
}
