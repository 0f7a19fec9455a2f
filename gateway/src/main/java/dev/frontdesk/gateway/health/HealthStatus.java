package dev.frontdesk.gateway.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of the whole system, of a service or of one part. */
enum HealthStatus {
    /** Every service responds, and everything it needs is available. */
    HEALTHY,
    /** Something is down, but users can still sign up or log in, or are asked to come back later. */
    DEGRADED,
    /** Users cannot sign up or cannot log in, or the status is unknown. */
    UNHEALTHY;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
