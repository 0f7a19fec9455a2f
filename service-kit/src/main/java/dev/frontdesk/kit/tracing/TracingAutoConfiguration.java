package dev.frontdesk.kit.tracing;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the trace carrier. */
@AutoConfiguration
public class TracingAutoConfiguration {

    @Bean
    TraceCarrier traceCarrier(ObservationRegistry registry) {
        return new TraceCarrier(registry);
    }
}
