package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as the fields of its Redis hash; times are milliseconds since the epoch. */
final class SessionFields {

    /**
     * The order in which scripts answer, also {@code touch_session.lua}, which has its own copy. session_id comes first:
     * without it there is no session.
     */
    static final List<String> NAMES = List.of(
            "session_id",
            "tenant",
            "account",
            "roles",
            "locale",
            "credentials_version",
            "device_id",
            "device_name",
            "user_agent",
            "client_address",
            "created_at",
            "last_activity_at",
            "expires_at",
            "ends_at");

    private SessionFields() {}

    /** Values in the order of {@link #NAMES}. */
    static List<String> write(Session session) {
        var device = session.device();
        return List.of(
                session.id().toString(),
                session.tenant().value(),
                session.accountId().toString(),
                String.join(" ", session.roles()),
                session.locale(),
                Long.toString(session.credentialsVersion()),
                device.id().toString(),
                device.name(),
                device.userAgent().value(),
                Objects.requireNonNullElse(device.clientAddress(), ""),
                millis(session.createdAt()),
                millis(session.lastActivityAt()),
                millis(session.expiresAt()),
                millis(session.endsAt()));
    }

    /** Field, value, field, value, ... */
    static List<String> writeNamed(Session session) {
        var named = new ArrayList<String>();
        var values = write(session).iterator();
        NAMES.forEach(name -> {
            named.add(name);
            named.add(values.next());
        });
        return named;
    }

    static Session read(List<String> values) {
        String address = values.get(9);
        var device = new Device(
                UUID.fromString(values.get(6)),
                values.get(7),
                new UserAgent(values.get(8)),
                address.isEmpty() ? null : address);
        return new Session(
                UUID.fromString(values.get(0)),
                new TenantId(values.get(1)),
                UUID.fromString(values.get(2)),
                values.get(3).isEmpty() ? Set.of() : Set.of(values.get(3).split(" ")),
                values.get(4),
                Long.parseLong(values.get(5)),
                device,
                instant(values.get(10)),
                instant(values.get(11)),
                instant(values.get(12)),
                instant(values.get(13)));
    }

    /** Like {@link #read}, for values as Redis stores them. */
    static Session readBytes(List<byte @Nullable []> values) {
        var texts = new ArrayList<String>(values.size());
        for (byte[] value : values) {
            texts.add(new String(Objects.requireNonNull(value), StandardCharsets.UTF_8));
        }
        return read(texts);
    }

    /** Session after session, as a script answers. */
    static List<Session> readMany(List<String> values) {
        int width = NAMES.size();
        var sessions = new ArrayList<Session>();
        for (int start = 0; start < values.size(); start += width) {
            sessions.add(read(values.subList(start, start + width)));
        }
        return sessions;
    }

    static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
