package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.deliveries.Deliveries;
import dev.frontdesk.notification.deliveries.NewDelivery;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes mails in: when a call ends, the mail is certain to be tried. The same event twice makes one mail. */
@Component
public class Mails {

    static final String QUEUE = "email";

    private final Deliveries deliveries;
    private final MailProperties properties;
    private final JsonMapper json;

    Mails(Deliveries deliveries, MailProperties properties, JsonMapper json) {
        this.deliveries = deliveries;
        this.properties = properties;
        this.json = json;
    }

    /** The mail with the code; the code stays sealed until it is written. */
    public Mono<Void> sendCode(UUID eventId, VerificationRequested event) {
        var payload = new MailPayload(event.email(), event.firstName(), event.locale(), event.registrationId());
        return add(eventId, event.tenant(), MailKind.VERIFICATION_CODE, payload, event.expiresAt(), event.sealedCode());
    }

    /** Tells the owner of an account that somebody tried to sign up with their address. */
    public Mono<Void> tellOwner(UUID eventId, AddressAlreadyRegistered event) {
        var payload = new MailPayload(event.email(), event.firstName(), event.locale(), null);
        return add(eventId, event.tenant(), MailKind.ADDRESS_ALREADY_REGISTERED, payload, null, null);
    }

    private Mono<Void> add(
            UUID eventId,
            String tenant,
            MailKind kind,
            MailPayload payload,
            @Nullable Instant expiresAt,
            @Nullable String sealed) {
        return deliveries.add(new NewDelivery(
                new TenantId(tenant),
                QUEUE,
                kind.key(),
                eventId + ":" + kind.key(),
                kind.priority(),
                properties.attempts(),
                expiresAt,
                json.writeValueAsString(payload),
                sealed));
    }
}
