package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.notification.outbound.SigningSecret;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Secrets of endpoints as the table keeps them: sealed, and each for its own endpoint alone. */
@Component
class EndpointSecrets {

    private final EventSecrets seals;

    EndpointSecrets(EventSecrets seals) {
        this.seals = seals;
    }

    String seal(SigningSecret secret, UUID endpoint) {
        return seals.seal(secret.text(), purpose(endpoint));
    }

    /** @throws IllegalArgumentException when it can't be opened with the keys there are */
    SigningSecret open(String sealed, UUID endpoint) {
        return new SigningSecret(seals.open(sealed, purpose(endpoint)));
    }

    /** Under the present key; empty where it is, or where no key that we have opens it. */
    Optional<String> resealed(String sealed, UUID endpoint) {
        return seals.resealed(sealed, purpose(endpoint));
    }

    private static String purpose(UUID endpoint) {
        return "webhook-secret:" + endpoint;
    }
}
