package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.notification.outbound.SigningSecret;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Seals the secrets of endpoints for storage. Each is sealed for its own endpoint and can't be opened for another. */
@Component
class EndpointSecrets {

    private final EventSecrets seals;

    EndpointSecrets(EventSecrets seals) {
        this.seals = seals;
    }

    String seal(SigningSecret secret, UUID endpoint) {
        return seals.seal(secret.text(), purpose(endpoint));
    }

    /** @throws IllegalArgumentException when none of the configured keys opens it */
    SigningSecret open(String sealed, UUID endpoint) {
        return new SigningSecret(seals.open(sealed, purpose(endpoint)));
    }

    /**
     * Seals it with the current key. Empty when it is already sealed with that key, or when no configured key opens it.
     */
    Optional<String> resealed(String sealed, UUID endpoint) {
        return seals.resealed(sealed, purpose(endpoint));
    }

    private static String purpose(UUID endpoint) {
        return "webhook-secret:" + endpoint;
    }
}
