package dev.frontdesk.gateway.health;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code GET /health}. Contains no addresses, and only what a service chose to publish.
 *
 * @param stale whether the last check is too long ago
 * @param checkedAt null before the first check
 * @param documents what all gateways share, by name: unhealthy while this gateway does not know it or can't use its latest version,
 *     or registration-service has lost it
 */
record HealthPage(
        HealthStatus status,
        String version,
        boolean stale,
        @Nullable Instant checkedAt,
        Redis redis,
        PendingRegistrations pendingRegistrations,
        Map<String, Service> services,
        Map<String, HealthStatus> documents) {

    /** Redis as the gateway sees it; without numbers while it is unhealthy, or if the gateway may not read them. */
    record Redis(
            HealthStatus status,
            @Nullable Object connectedClients,
            @Nullable Object usedMemoryHuman,
            @Nullable Object uptimeInSeconds) {}

    /**
     * The response of {@code GET /health/redis}.
     *
     * @param redis {@code connected} or {@code disconnected}
     * @param error what is wrong, in our own text: the message of a Redis client would reveal addresses
     */
    record RedisAlone(
            HealthStatus status,
            String redis,
            @Nullable String error,
            @Nullable Object connectedClients,
            @Nullable Object usedMemoryHuman,
            @Nullable Object uptimeInSeconds) {

        private static RedisAlone unhealthy(String error) {
            return new RedisAlone(HealthStatus.UNHEALTHY, "disconnected", error, null, null, null);
        }
    }

    RedisAlone redisAlone() {
        if (stale) {
            return RedisAlone.unhealthy("The last check of Redis is too old");
        }
        return redis.status() == HealthStatus.HEALTHY
                ? new RedisAlone(
                        HealthStatus.HEALTHY,
                        "connected",
                        null,
                        redis.connectedClients(),
                        redis.usedMemoryHuman(),
                        redis.uptimeInSeconds())
                : RedisAlone.unhealthy("Redis does not answer");
    }

    /** Pending registrations as registration-service sees them. */
    record PendingRegistrations(@Nullable Object total, boolean redisConnected) {}

    /**
     * @param status the status that the service reports, {@code healthy} or {@code degraded}; {@code unhealthy} when it
     *     does not respond
     * @param version null, like its parts, when the service does not respond
     */
    record Service(
            String status,
            @Nullable String version,
            @Nullable Map<String, HealthStatus> parts) {}
}
