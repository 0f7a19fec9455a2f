package dev.frontdesk.kit.tracing;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves out what would cost something for every request: observations, always, because our own filters measure and
 * trace; and the exporter of spans if there is no collector.
 */
public final class TelemetryImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

    /** The property that names the collector. */
    static final String COLLECTOR = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final Set<String> OBSERVATIONS = Set.of(
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration",
            "org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration",
            "org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.observation.LettuceObservationAutoConfiguration");

    private static final Set<String> EXPORTER = Set.of(
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    private boolean hasCollector;

    @Override
    public void setEnvironment(Environment environment) {
        hasCollector = StringUtils.hasText(environment.getProperty(COLLECTOR));
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        var matches = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            matches[i] = name == null || !(OBSERVATIONS.contains(name) || (!hasCollector && EXPORTER.contains(name)));
        }
        return matches;
    }
}
