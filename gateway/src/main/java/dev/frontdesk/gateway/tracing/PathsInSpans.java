package dev.frontdesk.gateway.tracing;

import io.micrometer.common.KeyValues;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.stereotype.Component;

/** Writes only the path of a request into its span; Spring Cloud Gateway would write the whole URI. */
@Component
final class PathsInSpans extends DefaultGatewayObservationConvention {

    @Override
    public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
        return KeyValues.of("http.uri", context.getRequest().getPath().value());
    }
}
