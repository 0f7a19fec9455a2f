package dev.frontdesk.session.throttle;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many failed logins are free, and how long the next ones wait. All limits fail closed: without Redis, logins are
 * refused.
 *
 * @param name of one login name, whichever clients they come from
 * @param range of one client: an IPv4 address or an IPv6 /64
 * @param device of one known device for one login name, instead of the other three
 * @param tenant of all names and clients of a tenant
 * @param devices which devices count as known
 */
@ConfigurationProperties("frontdesk.session.throttle")
record ThrottleProperties(Waits name, Waits range, Waits device, Flood tenant, Devices devices) {

    /**
     * After the free failures, each further failure doubles the wait.
     *
     * @param free failures without a wait
     * @param firstWait after the last free failure
     * @param longestWait the maximum, where the doubling stops
     * @param forgottenAfter time after the last failure when all failures are forgotten
     * @param freeForgottenAfter the same while the next failure would still be free; by default and at most
     *     forgottenAfter. Many names and clients fail only a few times, and a counter for each takes memory
     */
    record Waits(
            int free,
            Duration firstWait,
            Duration longestWait,
            Duration forgottenAfter,
            @Nullable Duration freeForgottenAfter) {

        Waits {
            // Otherwise a failure would be forgotten while it still causes a wait, or the first wait would be the
            // longest.
            if (free < 1
                    || !isSet(firstWait)
                    || !isSet(longestWait)
                    || longestWait.compareTo(firstWait) < 0
                    || !isSet(forgottenAfter)
                    || forgottenAfter.compareTo(longestWait) < 0) {
                throw new IllegalArgumentException(
                        "frontdesk.session.throttle: free >= 1 and 0 < first-wait <= longest-wait <= forgotten-after must hold");
            }
            if (freeForgottenAfter == null || freeForgottenAfter.compareTo(forgottenAfter) > 0) {
                freeForgottenAfter = forgottenAfter;
            }
            if (!isSet(freeForgottenAfter)) {
                throw new IllegalArgumentException("frontdesk.session.throttle: free-forgotten-after must be positive");
            }
        }

        /** In the order in which the script reads them. */
        String[] args() {
            return new String[] {
                Integer.toString(free),
                millis(firstWait),
                millis(longestWait),
                millis(forgottenAfter),
                millis(Objects.requireNonNullElse(freeForgottenAfter, forgottenAfter))
            };
        }
    }

    /**
     * @param failures in one window; beyond that, all logins except those of known devices wait for the next window
     * @param window aligned to full minutes, hours and so on
     */
    record Flood(int failures, Duration window) {

        Flood {
            if (failures < 1 || !isSet(window)) {
                throw new IllegalArgumentException(
                        "frontdesk.session.throttle.tenant: failures and window must be positive");
            }
        }
    }

    /**
     * @param knownFor time since its last login
     * @param most of one login name; beyond that, the device that was unused for the longest time is removed
     */
    record Devices(Duration knownFor, int most) {

        Devices {
            if (!isSet(knownFor) || most < 1) {
                throw new IllegalArgumentException(
                        "frontdesk.session.throttle.devices: known-for and most must be positive");
            }
        }
    }

    static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static boolean isSet(Duration duration) {
        return duration != null && duration.toMillis() > 0;
    }
}
