package dev.frontdesk.kit.apikeys;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that is published together with a new version of a key's copy: {@code <key id> <version>}. It reaches only
 * instances that are subscribed at that moment. The events in {@code api-key.events.v1} follow. Contains no secret.
 */
public record ApiKeySignal(UUID keyId, long version) {

    private static final int ID_CHARACTERS = 36;
    private static final int LONGEST_VERSION = 18;

    /** The one channel of the installation. */
    public static String channel(KeySpace keys) {
        return keys.shared("api-key-signals");
    }

    /** Empty for a message that this version does not know. */
    public static Optional<ApiKeySignal> parse(String message) {
        int digits = message.length() - ID_CHARACTERS - 1;
        if (digits < 1 || digits > LONGEST_VERSION || message.charAt(ID_CHARACTERS) != ' ') {
            return Optional.empty();
        }
        try {
            var signal = new ApiKeySignal(
                    UUID.fromString(message.substring(0, ID_CHARACTERS)),
                    Long.parseLong(message.substring(ID_CHARACTERS + 1)));
            return signal.version() > 0 && signal.message().equals(message) ? Optional.of(signal) : Optional.empty();
        } catch (IllegalArgumentException noSignal) {
            return Optional.empty();
        }
    }

    /** The message in its published form. */
    public String message() {
        return keyId + " " + version;
    }
}
