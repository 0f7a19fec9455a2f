package dev.frontdesk.kit.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureBefore;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.ClientRequest;
import reactor.core.publisher.Mono;

/** Traces requests, events and jobs; exports spans only if there is a collector ({@link TelemetryImportFilter}). */
@AutoConfiguration
@AutoConfigureBefore(OpenTelemetryTracingAutoConfiguration.class)
public class TracingAutoConfiguration {

    @Bean
    Sampling sampling(@Value("${management.tracing.sampling.probability}") double probability) {
        return new Sampling(probability);
    }

    @Bean
    TraceCarrier traceCarrier(Sampling sampling, SpanExport export, MeterRegistry meters) {
        return new TraceCarrier(sampling, export, meters);
    }

    /** Every call to another service carries the trace of its work. */
    @Bean
    WebClientCustomizer tracedCalls() {
        return builder -> builder.filter((request, next) -> Mono.deferContextual(context -> {
            TraceContext trace = TraceContext.in(context);
            return next.exchange(
                    trace == null
                            ? request
                            : ClientRequest.from(request)
                                    .header(TraceContext.TRACEPARENT, trace.traceparent())
                                    .build());
        }));
    }

    @Bean
    SpanExport spanExport(
            @Value("${" + TelemetryImportFilter.COLLECTOR + ":}") String collector, ObjectProvider<Tracer> tracer) {
        return collector.isEmpty() ? SpanExport.NONE : new SpanExport(tracer.getObject());
    }

    @Bean
    SdkTracerProviderBuilderCustomizer idsOfTraceContexts() {
        return builder -> builder.setIdGenerator(new SpanIds());
    }

    /** Which spans are exported is decided before they are made. */
    @Bean
    Sampler exportedSpans() {
        return Sampler.alwaysOn();
    }
}
