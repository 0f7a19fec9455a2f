package dev.frontdesk.cache.widgets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long widgets are kept.
 *
 * @param stateTtl after the last change of the state
 * @param dataTtl after the data were stored
 */
@ConfigurationProperties("frontdesk.cache.widgets")
record WidgetsProperties(
        @DefaultValue("24h") Duration stateTtl,
        @DefaultValue("5m") Duration dataTtl) {

    WidgetsProperties {
        if (stateTtl.toSeconds() < 1 || dataTtl.toSeconds() < 1) {
            throw new IllegalArgumentException("state-ttl and data-ttl must be at least 1s");
        }
    }

    /** @throws IllegalArgumentException if one of them is longer */
    void requireAtMost(Duration longest) {
        if (stateTtl.compareTo(longest) > 0 || dataTtl.compareTo(longest) > 0) {
            throw new IllegalArgumentException("frontdesk.cache.widgets.state-ttl and data-ttl must be at most "
                    + longest + ", as long as entries may last, or a day");
        }
    }
}
