package dev.frontdesk.session.sessions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From what a session is opened.
 *
 * @param knownDevice whether somebody logged in to this account from it before
 * @param deviceName as {@link Device} takes it
 * @param clientAddress where the login came from; for the account's owner alone
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
