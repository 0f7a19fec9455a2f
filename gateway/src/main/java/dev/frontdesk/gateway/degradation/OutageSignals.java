package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.resilience.Outages;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;

/** The errors that show that the called service is down. */
final class OutageSignals {

    private OutageSignals() {}

    /** Whether the call was not made, because the circuit breaker is open. */
    static boolean isOpenBreaker(Throwable error) {
        return error instanceof CallNotPermittedException;
    }

    static boolean isBehind(Throwable error) {
        return isOpenBreaker(error) || Outages.isBehind(error);
    }
}
