package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Consumes events in its own consumer group, so that failures here do not delay mails. */
@Configuration(proxyBeanMethods = false)
class WebhookEventListener {

    private static final String GROUP = "notification-webhooks";

    private final PublicEvents facts;
    private final Webhooks webhooks;
    private final WebhookEvents events;

    WebhookEventListener(PublicEvents facts, Webhooks webhooks, WebhookEvents events) {
        this.facts = facts;
        this.webhooks = webhooks;
        this.events = events;
    }

    @Bean
    EventSubscription webhookIntake() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS, Topics.SESSION_EVENTS), this::hear);
    }

    private Mono<Void> hear(ReceivedEvent received) {
        return forget(received)
                .then(Mono.justOrEmpty(facts.of(received)))
                .flatMap(webhooks::tell)
                .then();
    }

    private Mono<Void> forget(ReceivedEvent received) {
        return received.event() instanceof AccountDeleted deleted
                ? events.forget(new TenantId(deleted.tenant()), deleted.accountId())
                : Mono.empty();
    }
}
