package dev.frontdesk.gateway.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In one word: of everything together, of a service, or of one part. */
enum HealthStatus {
    /** Every service answers, and has all the parts that it needs. */
    HEALTHY,
    /** Something is away, and people can still sign up or log in, or are told to come back. */
    DEGRADED,
    /** Nobody can sign up, or nobody can log in; or nobody knows. */
    UNHEALTHY;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
