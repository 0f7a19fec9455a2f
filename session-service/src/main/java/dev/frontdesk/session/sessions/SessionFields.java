package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A session as the fields of its Redis hash; times are milliseconds since the epoch. */
final class SessionFields {

    /** The order in which scripts answer. session_id comes first: without it there is no session. */
    static final List<String> NAMES = List.of(
            "session_id",
            "tenant",
            "account",
            "roles",
            "locale",
            "user_agent",
            "created_at",
            "last_activity_at",
            "expires_at",
            "ends_at");

    private SessionFields() {}

    /** Values in the order of {@link #NAMES}. */
    static List<String> write(Session session) {
        return List.of(
                session.id().toString(),
                session.tenant().value(),
                session.accountId().toString(),
                String.join(" ", session.roles()),
                session.locale(),
                session.userAgent().value(),
                millis(session.createdAt()),
                millis(session.lastActivityAt()),
                millis(session.expiresAt()),
                millis(session.endsAt()));
    }

    static Session read(List<String> values) {
        return new Session(
                UUID.fromString(values.get(0)),
                new TenantId(values.get(1)),
                UUID.fromString(values.get(2)),
                values.get(3).isEmpty() ? Set.of() : Set.of(values.get(3).split(" ")),
                values.get(4),
                new UserAgent(values.get(5)),
                instant(values.get(6)),
                instant(values.get(7)),
                instant(values.get(8)),
                instant(values.get(9)));
    }

    static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
