package dev.frontdesk.contracts.health;

import java.util.Map;

/**
 * Response of {@code GET /internal/health}, with which every service reports its health to the gateway.
 *
 * @param status {@link #HEALTHY}, or {@link #DEGRADED} while one of its parts is down
 * @param parts by name, each with its {@code status} ({@link #UP} or {@link #DOWN}) and further values
 */
public record ServiceHealth(String status, String version, Map<String, Map<String, Object>> parts) {

    public static final String PATH = "/internal/health";

    public static final String HEALTHY = "healthy";
    public static final String DEGRADED = "degraded";

    public static final String UP = "up";
    public static final String DOWN = "down";

    public static final String REDIS = "redis";
    public static final String POSTGRES = "postgres";
    public static final String KAFKA = "kafka";

    /** Reported by registration-service; {@code total} is the number of pending registrations. */
    public static final String PENDING_REGISTRATIONS = "pending_registrations";

    public ServiceHealth {
        parts = Map.copyOf(parts);
    }

    public boolean isUp(String part) {
        return UP.equals(parts.getOrDefault(part, Map.of()).get("status"));
    }
}
