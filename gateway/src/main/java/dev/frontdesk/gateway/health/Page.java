package dev.frontdesk.gateway.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /health} answers. No address, and nothing that a service has not chosen to tell.
 *
 * @param stale that it was long ago that anybody was asked
 * @param checkedAt null before the first look
 */
record Page(
        Status status,
        String version,
        boolean stale,
        @Nullable Instant checkedAt,
        Redis redis,
        PendingRegistrations pendingRegistrations,
        Map<String, Service> services) {

    /** As the gateway reaches it; without numbers while it is down, or may not be asked for them. */
    record Redis(
            String status,
            @Nullable Object connectedClients,
            @Nullable Object usedMemoryHuman,
            @Nullable Object uptimeInSeconds) {

        boolean isUp() {
            return ServiceHealth.UP.equals(status);
        }
    }

    /** As registration-service sees it. */
    record PendingRegistrations(@Nullable Object total, boolean redisConnected) {}

    /**
     * @param status {@code healthy}, {@code degraded}, or {@code away}
     * @param parts {@code up} or {@code down} each
     */
    record Service(
            String status,
            @Nullable String version,
            @Nullable Map<String, String> parts) {}
}
