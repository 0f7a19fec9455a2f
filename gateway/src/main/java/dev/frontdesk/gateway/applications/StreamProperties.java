package dev.frontdesk.gateway.applications;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bodies, sockets and event streams of applications.
 *
 * @param longest life of a WebSocket or an event stream; the client then connects again, and is identified anew
 * @param stalledAfter a request body of which nothing more comes for so long is refused
 * @param most WebSockets and event streams that are open at once
 * @param perCaller of them, those of one account, API key or, without either, address: many people may share an address
 */
@ConfigurationProperties("frontdesk.gateway.streams")
record StreamProperties(
        @DefaultValue("1h") Duration longest,
        @DefaultValue("30s") Duration stalledAfter,
        @DefaultValue("10000") int most,
        @DefaultValue("100") int perCaller) {

    StreamProperties {
        if (!longest.isPositive() || !stalledAfter.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.streams: longest and stalled-after must be positive");
        }
        if (most < 1 || perCaller < 1) {
            throw new IllegalArgumentException("frontdesk.gateway.streams: most and per-caller must be positive");
        }
    }
}
