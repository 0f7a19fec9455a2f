package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message that the script which changes a session publishes in the same step: {@code <kind> <session id>}. It reaches
 * whoever listens at that moment and nobody else; who missed it for certain hears of a revocation in
 * {@code session.events.v1}. Holds nothing that is secret.
 */
public record SessionSignal(Kind kind, UUID sessionId) {

    public enum Kind {
        /** The session is over: its token is refused and its sockets close. */
        REVOKED,
        /** The session has a new token: what is remembered of the old one has to be asked for anew. */
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

    /** Empty for what this version does not know; a listener passes over it. */
    public static Optional<SessionSignal> parse(String message) {
        var form = FORM.matcher(message);
        return form.matches()
                ? Optional.of(new SessionSignal(
                        Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT)), UUID.fromString(form.group(2))))
                : Optional.empty();
    }

    /** As it is published. */
    public String message() {
        return kind.word() + " " + sessionId;
    }
}
