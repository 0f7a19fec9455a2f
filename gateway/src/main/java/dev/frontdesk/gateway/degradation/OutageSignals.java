package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.resilience.Outages;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The errors that show that the called service is down. */
final class OutageSignals {

    private OutageSignals() {}

    /** Whether the call was not made, because the circuit breaker is open. */
    static boolean isOpenBreaker(Throwable error) {
        return error instanceof ServiceUnavailableException || error instanceof CallNotPermittedException;
    }

    static boolean isBehind(Throwable error) {
        return switch (error) {
            // Spring Cloud Gateway's own exceptions for a response timeout and for an open circuit breaker.
            case ResponseStatusException status -> status.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT);
            case ServiceUnavailableException _ -> true;
            default -> Outages.isBehind(error);
        };
    }
}
