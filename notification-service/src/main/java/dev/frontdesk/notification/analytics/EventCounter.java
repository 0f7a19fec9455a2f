package dev.frontdesk.notification.analytics;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Counts events of accounts and sessions by the day on which they happened, for example {@code account.verified}. */
@Configuration(proxyBeanMethods = false)
class EventCounter {

    private static final String GROUP = "notification-analytics";

    private final DailyCounts counts;

    EventCounter(DailyCounts counts) {
        this.counts = counts;
    }

    @Bean
    EventSubscription countEvents() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS, Topics.SESSION_EVENTS), this::count);
    }

    private Mono<Void> count(ReceivedEvent received) {
        var countedEvent = new CountedEvent(
                EventType.of(received.event()).fact(),
                received.time().atOffset(ZoneOffset.UTC).toLocalDate(),
                1);
        // No job is needed: Kafka keeps the event until it is counted.
        return counts.count(new TenantId(received.event().tenant()), received.id(), countedEvent);
    }
}
