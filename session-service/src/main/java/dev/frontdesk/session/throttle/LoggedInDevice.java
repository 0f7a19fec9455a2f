package dev.frontdesk.session.throttle;

import dev.frontdesk.session.devices.DeviceToken;
import java.time.Duration;

/**
 * The device of a login whose password was correct.
 *
 * @param token the one that the device sent, if it is known for the name; otherwise a new one for it to store
 * @param lasts how long the device stays known from now on, unless it logs in again
 */
public record LoggedInDevice(DeviceToken token, boolean known, Duration lasts) {}
