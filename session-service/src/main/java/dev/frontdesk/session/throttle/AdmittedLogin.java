package dev.frontdesk.session.throttle;

import dev.frontdesk.session.devices.DeviceToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login whose password may be checked. It counts as failed until {@link LoginThrottle} receives another result.
 *
 * @param keys the counters that it was counted in
 * @param knownDevice its device, if that has logged in with this name before
 */
public record AdmittedLogin(
        UUID id, List<String> keys, @Nullable DeviceToken knownDevice) {}
