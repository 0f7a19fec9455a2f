package dev.frontdesk.notification.events;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.AddressChangeRequested;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.events.ApiKeyEvent;
import dev.frontdesk.contracts.events.GatewayEvent;
import dev.frontdesk.contracts.events.NotificationRequest;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.notification.mail.Mails;
import dev.frontdesk.notification.notifications.Notifier;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Sends mails and notifications for events. An event is handled when its mail or notification is stored in PostgreSQL;
 * it is stored once.
 */
@Configuration(proxyBeanMethods = false)
class EventNotifier {

    private static final String GROUP = "notification-service";

    private final Mails mails;
    private final Notifier notifier;

    EventNotifier(Mails mails, Notifier notifier) {
        this.mails = mails;
        this.notifier = notifier;
    }

    @Bean
    EventSubscription intake() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS, Topics.SESSION_EVENTS), this::take);
    }

    private Mono<Void> take(ReceivedEvent received) {
        return switch (received.event()) {
            case VerificationRequested event -> mails.sendCode(received.id(), event);
            case AddressAlreadyRegistered event -> mails.tellOwner(received.id(), event);
            case AccountVerified event ->
                mails.welcome(received.id(), event).then(notifier.welcome(received.id(), event));
            case PasswordResetRequested event -> mails.sendReset(received.id(), event);
            case PasswordReset event -> mails.tellOfPassword(received.id(), event);
            case PasswordChanged event -> mails.tellOfPassword(received.id(), event);
            case AddressChangeRequested event -> mails.sendCode(received.id(), event);
            case AddressChanged event -> mails.tellOfAddress(received.id(), event);
            case AccountDeleted event -> mails.sayGoodbye(received.id(), event).then(notifier.forget(event));
            case ProfileChanged _, AccountDisabled _, AccountEnabled _, AccountRolesChanged _ -> Mono.empty();
            case SessionOpened event ->
                mails.tellOfDevice(received.id(), event)
                        .then(event.otherSessions() > 0 ? notifier.newSignIn(received.id(), event) : Mono.empty());
            // All instances receive this event separately, for their own sockets.
            case SessionRevoked _ -> Mono.empty();
            // These have topics of their own.
            case NotificationRequest _, TenantEvent _, ApiKeyEvent _, GatewayEvent _ -> Mono.empty();
        };
    }
}
