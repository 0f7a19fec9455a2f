package dev.frontdesk.session.sessions;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a session lasts (ASVS 7.3.1 and 7.3.2), and how many sessions an account can have.
 *
 * @param idleTimeout time without use; each use restarts it
 * @param absoluteTimeout time since the login; fixed when the session is opened
 * @param activityInterval a use within this time after the last recorded one is not recorded, so that a busy session
 *     costs one write a minute; a session may therefore end that much before its idle timeout
 * @param rotationGrace how long a replaced token stays valid, for requests that were already sent with it; at most a
 *     minute
 * @param maxPerAccount open sessions of an account; a login beyond it ends the session that was opened first. 1 to 2000
 */
@ConfigurationProperties("frontdesk.session.sessions")
record SessionsProperties(
        @DefaultValue("7d") Duration idleTimeout,
        @DefaultValue("30d") Duration absoluteTimeout,
        @DefaultValue("1m") Duration activityInterval,
        @DefaultValue("10s") Duration rotationGrace,
        @DefaultValue("100") int maxPerAccount) {

    private static final Duration LONGEST_GRACE = Duration.ofMinutes(1);

    /** One script ends all of them, 1,000 in 30 to 80 ms, and blocks Redis during that time. */
    private static final int MOST = 2_000;

    SessionsProperties {
        if (activityInterval.isNegative()
                || idleTimeout.compareTo(activityInterval) <= 0
                || absoluteTimeout.compareTo(idleTimeout) < 0) {
            throw new IllegalArgumentException(
                    "frontdesk.session.sessions: activity-interval < idle-timeout <= absolute-timeout must hold");
        }
        if (!rotationGrace.isPositive() || rotationGrace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("frontdesk.session.sessions.rotation-grace must be up to 1 m");
        }
        if (maxPerAccount < 1 || maxPerAccount > MOST) {
            throw new IllegalArgumentException("frontdesk.session.sessions.max-per-account must be 1 to " + MOST);
        }
    }

    Instant absoluteEnd(Instant login) {
        return login.plus(absoluteTimeout);
    }

    /** When a session ends if this is its last use. */
    Instant end(Instant now, Instant absoluteEnd) {
        Instant idleEnd = now.plus(idleTimeout);
        return idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
    }
}
