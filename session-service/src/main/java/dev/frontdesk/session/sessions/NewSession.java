package dev.frontdesk.session.sessions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data from which a session is opened.
 *
 * @param knownDevice whether this device has logged in to this account before
 * @param deviceName as {@link Device} accepts it
 * @param clientAddress where the login came from; only for the account's owner
 */
public record NewSession(
        UUID deviceId,
        boolean knownDevice,
        String deviceName,
        UserAgent userAgent,
        @Nullable String clientAddress) {

    Device device() {
        return new Device(deviceId, deviceName, userAgent, clientAddress);
    }
}
