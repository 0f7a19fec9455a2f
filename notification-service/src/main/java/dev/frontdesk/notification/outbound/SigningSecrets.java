package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.secrets.SealedSecrets;
import org.springframework.stereotype.Component;

/** Seals signing secrets for storage. Each is sealed for its owner, and can't be opened for another. */
@Component
public class SigningSecrets {

    private final SealedSecrets secrets;

    public SigningSecrets(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    /** @param owner what it signs for, and whose it is */
    public String seal(SigningSecret secret, String owner) {
        return secrets.seal(secret.text(), owner);
    }

    /** @throws IllegalArgumentException when none of the configured keys opens it */
    public SigningSecret open(String sealed, String owner) {
        return new SigningSecret(secrets.open(sealed, owner));
    }
}
