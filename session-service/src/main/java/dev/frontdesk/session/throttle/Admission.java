package dev.frontdesk.session.throttle;

import dev.frontdesk.session.devices.DeviceToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login whose password may be looked at. It counts as failed until {@link LoginThrottle} hears otherwise.
 *
 * @param keys where it was counted
 * @param knownDevice the device that it comes from, when that has logged in with this name before
 */
public record Admission(
        UUID id, List<String> keys, @Nullable DeviceToken knownDevice) {}
