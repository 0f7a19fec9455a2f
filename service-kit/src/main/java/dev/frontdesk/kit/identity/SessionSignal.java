package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message that the script which changes a session publishes atomically with the change: {@code <kind> <session id>}.
 * It reaches only instances that are subscribed at that moment. Instances that missed it still receive a revocation as
 * an event in {@code session.events.v1}. Contains no secret.
 */
public record SessionSignal(Kind kind, UUID sessionId) {

    public enum Kind {
        /** The session is revoked: its token is refused and its sockets are closed. */
        REVOKED,
        /** The session has a new token: cached data about the old token must be fetched again. */
        ROTATED;

        /** The first word of the message. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern FORM =
            Pattern.compile("(revoked|rotated) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** The one channel of the installation. */
    public static String channel(KeySpace keys) {
        return keys.shared("session-signals");
    }

    /** Empty for a message that this version does not know; listeners ignore it. */
    public static Optional<SessionSignal> parse(String message) {
        var form = FORM.matcher(message);
        return form.matches()
                ? Optional.of(new SessionSignal(
                        Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT)), UUID.fromString(form.group(2))))
                : Optional.empty();
    }

    /** The message in its published form. */
    public String message() {
        return kind.word() + " " + sessionId;
    }
}
