package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.resilience.Outages;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The errors that show that the called service is down. */
final class OutageSignals {

    private OutageSignals() {}

    static boolean isBehind(Throwable error) {
        return switch (error) {
            // Spring Cloud Gateway's own exceptions for a response timeout and for an open circuit breaker.
            case ResponseStatusException status -> status.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT);
            case ServiceUnavailableException _ -> true;
            default -> Outages.isBehind(error);
        };
    }
}
