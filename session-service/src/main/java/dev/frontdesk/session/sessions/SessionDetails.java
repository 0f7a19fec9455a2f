package dev.frontdesk.session.sessions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a session that its owner and operators see.
 *
 * @param deviceName empty when nothing is known about the device
 * @param clientAddress where the login came from
 */
record SessionDetails(
        UUID id,
        UUID deviceId,
        String deviceName,
        String userAgent,
        @Nullable String clientAddress,
        Instant createdAt,
        Instant lastActivityAt,
        Instant expiresAt) {

    static SessionDetails of(Session session) {
        var device = session.device();
        return new SessionDetails(
                session.id(),
                device.id(),
                device.name(),
                device.userAgent().value(),
                device.clientAddress(),
                session.createdAt(),
                session.lastActivityAt(),
                session.expiresAt());
    }
}
