package dev.frontdesk.gateway.health;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /health} answers. No address, and nothing that a service has not chosen to tell.
 *
 * @param stale that it was long ago that anybody was asked
 * @param checkedAt null before the first look
 */
record HealthPage(
        HealthStatus status,
        String version,
        boolean stale,
        @Nullable Instant checkedAt,
        Redis redis,
        PendingRegistrations pendingRegistrations,
        Map<String, Service> services) {

    /** As the gateway reaches it; without numbers while it is unhealthy, or may not be asked for them. */
    record Redis(
            HealthStatus status,
            @Nullable Object connectedClients,
            @Nullable Object usedMemoryHuman,
            @Nullable Object uptimeInSeconds) {}

    /**
     * What {@code GET /health/redis} answers.
     *
     * @param redis {@code connected} or {@code disconnected}
     * @param error what is wrong, in our words: a client's own would tell addresses
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
            return RedisAlone.unhealthy("Redis was not asked for a while");
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

    /** As registration-service sees it. */
    record PendingRegistrations(@Nullable Object total, boolean redisConnected) {}

    /**
     * @param status its own word, {@code healthy} or {@code degraded}; {@code unhealthy} when it does not answer
     * @param version null when it does not answer, and so are its parts
     */
    record Service(
            String status,
            @Nullable String version,
            @Nullable Map<String, HealthStatus> parts) {}
}
