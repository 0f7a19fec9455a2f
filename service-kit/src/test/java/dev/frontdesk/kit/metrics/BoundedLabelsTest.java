package dev.frontdesk.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedLabelsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bound() {
        registry.config().meterFilter(new BoundedLabels());
    }

    @Test
    void countsUnknownMethodsTogether() {
        for (String method : List.of("FOO", "BAR", "get", "GET")) {
            registry.counter("requests", "method", method, "status", "200").increment();
        }

        assertThat(registry.get("requests")
                        .tags("method", "UNKNOWN", "status", "200")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("requests")
                        .tags("method", "GET", "status", "200")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void leavesOutAddresses() {
        for (String address : List.of("10.0.0.1", "10.0.0.2")) {
            registry.counter("commands", "remote", address, "command", "GET").increment();
        }

        assertThat(registry.getMeters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.getId().getTags()).hasToString("[tag(command=GET)]"));
        assertThat(registry.get("commands").counter().count()).isEqualTo(2);
    }
}
