package dev.frontdesk.session.sessions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as its owner sees it.
 *
 * @param deviceName empty when nothing is known of the device
 * @param address where the login came from
 * @param current whether it is the one that asks
 */
record OwnSession(
        UUID sessionId,
        UUID deviceId,
        String deviceName,
        String userAgent,
        @Nullable String address,
        Instant createdAt,
        Instant lastActivityAt,
        Instant expiresAt,
        boolean current) {

    static OwnSession of(Session session, UUID current) {
        var device = session.device();
        return new OwnSession(
                session.id(),
                device.id(),
                device.name(),
                device.userAgent().value(),
                device.address(),
                session.createdAt(),
                session.lastActivityAt(),
                session.expiresAt(),
                session.id().equals(current));
    }
}
