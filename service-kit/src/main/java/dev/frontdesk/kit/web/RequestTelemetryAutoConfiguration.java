package dev.frontdesk.kit.web;

import dev.frontdesk.kit.tracing.Sampling;
import dev.frontdesk.kit.tracing.SpanExport;
import dev.frontdesk.kit.tracing.TracingAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Every service records its requests; {@code logging.level.dev.frontdesk.kit.web.RequestLog=warn} turns the log lines
 * off.
 */
@AutoConfiguration(after = TracingAutoConfiguration.class)
public class RequestTelemetryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RequestTelemetry requestTelemetry(Sampling sampling, SpanExport export, MeterRegistry meters) {
        return new RequestTelemetry(sampling, export, new RequestTimers(meters), null);
    }

    @Bean(destroyMethod = "flush")
    AsyncRequestLog asyncRequestLog(MeterRegistry meters) {
        return AsyncRequestLog.attach(meters);
    }

    @Bean
    RequestTelemetryFilter requestTelemetryFilter(RequestTelemetry telemetry) {
        return new RequestTelemetryFilter(telemetry);
    }
}
