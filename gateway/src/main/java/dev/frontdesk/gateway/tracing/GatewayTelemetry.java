package dev.frontdesk.gateway.tracing;

import dev.frontdesk.kit.tracing.Sampling;
import dev.frontdesk.kit.tracing.SpanExport;
import dev.frontdesk.kit.web.RequestTelemetry;
import dev.frontdesk.kit.web.RequestTimers;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Also exports the gateway's own span of a request that failed or was slow, so that no such request is invisible. */
@Configuration(proxyBeanMethods = false)
class GatewayTelemetry {

    @Bean
    RequestTelemetry requestTelemetry(Sampling sampling, SpanExport export, MeterRegistry meters, SlowRequests slow) {
        return new RequestTelemetry(sampling, export, new RequestTimers(meters), slow.slowAfter());
    }
}
