package dev.frontdesk.gateway.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/** The length of the periods of a response. */
enum UsageInterval {
    HOUR(ChronoUnit.HOURS, Duration.ofDays(1)),
    DAY(ChronoUnit.DAYS, Duration.ofDays(31));

    private final ChronoUnit unit;
    private final Duration usual;

    UsageInterval(ChronoUnit unit, Duration usual) {
        this.unit = unit;
        this.usual = usual;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static UsageInterval read(String text) {
        return Stream.of(values())
                .filter(it -> it.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be hour or day"));
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    ChronoUnit unit() {
        return unit;
    }

    /** The length of the range if the request does not say it. */
    Duration usual() {
        return usual;
    }
}
