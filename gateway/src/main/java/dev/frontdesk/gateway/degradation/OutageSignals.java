package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.resilience.Outages;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The ways in which a call from here shows that nobody is at the other end. */
final class OutageSignals {

    private OutageSignals() {}

    static boolean isBehind(Throwable error) {
        return switch (error) {
            // Spring Cloud Gateway's own words for a response timeout and for an open circuit breaker.
            case ResponseStatusException status -> status.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT);
            case ServiceUnavailableException _ -> true;
            default -> Outages.isBehind(error);
        };
    }
}
