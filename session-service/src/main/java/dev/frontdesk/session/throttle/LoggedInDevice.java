package dev.frontdesk.session.throttle;

import dev.frontdesk.session.devices.DeviceToken;
import java.time.Duration;

/**
 * The device of a login whose password was right.
 *
 * @param token the one that it has shown, when that is known for the name; else a new one for it to keep
 * @param lasts how long it is known from now on, unless it logs in again
 */
public record LoggedInDevice(DeviceToken token, boolean known, Duration lasts) {}
