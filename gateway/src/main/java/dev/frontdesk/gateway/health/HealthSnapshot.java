package dev.frontdesk.gateway.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The health of everything at one moment.
 *
 * @param redis what Redis reports; empty while it is down
 * @param services the response of each service; empty where none came
 * @param documents by name, whether the gateway knows the latest version and can use it
 */
record HealthSnapshot(
        @Nullable Instant at,
        Optional<Map<String, Object>> redis,
        Map<String, Optional<ServiceHealth>> services,
        Map<String, Boolean> documents) {

    static final String REGISTRATION = "registration-service";
    static final String SESSION = "session-service";

    /** Users cannot sign up without the first, or log in without the second. */
    private static final Set<String> NEEDED = Set.of(REGISTRATION, SESSION);

    static final HealthSnapshot NONE = new HealthSnapshot(null, Optional.empty(), Map.of(), Map.of());

    HealthPage page(String version, Instant now, Duration staleAfter) {
        boolean stale = at == null || at.plus(staleAfter).isBefore(now);
        var told = new TreeMap<String, HealthPage.Service>();
        services.forEach((name, health) -> told.put(name, serviceOf(health)));
        return new HealthPage(
                stale ? HealthStatus.UNHEALTHY : status(),
                version,
                stale,
                at,
                redisPage(),
                pending(),
                told,
                documentsPage());
    }

    HealthStatus status() {
        if (!NEEDED.stream().allMatch(this::answers) || hasNowhereToKeepSignUps()) {
            return HealthStatus.UNHEALTHY;
        }
        boolean allWell = redis.isPresent()
                && !documents.containsValue(false)
                && services.values().stream()
                        .allMatch(health -> health.map(ServiceHealth::status)
                                .filter(ServiceHealth.HEALTHY::equals)
                                .isPresent());
        return allWell ? HealthStatus.HEALTHY : HealthStatus.DEGRADED;
    }

    private Map<String, HealthStatus> documentsPage() {
        var told = new TreeMap<String, HealthStatus>();
        documents.forEach((name, well) -> told.put(name, well ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY));
        return told;
    }

    HealthPage.Redis redisPage() {
        var told = redis.orElse(Map.of());
        return new HealthPage.Redis(
                redis.isPresent() ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY,
                told.get("connected_clients"),
                told.get("used_memory_human"),
                told.get("uptime_in_seconds"));
    }

    private boolean answers(String service) {
        return of(service).isPresent();
    }

    private Optional<ServiceHealth> of(String service) {
        return services.getOrDefault(service, Optional.empty());
    }

    private boolean hasNowhereToKeepSignUps() {
        return of(REGISTRATION)
                .filter(health -> !health.isUp(ServiceHealth.REDIS) && !health.isUp(ServiceHealth.POSTGRES))
                .isPresent();
    }

    private HealthPage.PendingRegistrations pending() {
        var registration = of(REGISTRATION);
        return new HealthPage.PendingRegistrations(
                registration
                        .map(health -> health.parts().get(ServiceHealth.PENDING_REGISTRATIONS))
                        .map(part -> part.get("total"))
                        .orElse(null),
                registration.filter(health -> health.isUp(ServiceHealth.REDIS)).isPresent());
    }

    private static HealthPage.Service serviceOf(Optional<ServiceHealth> health) {
        return health.map(found -> {
                    var parts = new TreeMap<String, HealthStatus>();
                    found.parts()
                            .keySet()
                            .forEach(part ->
                                    parts.put(part, found.isUp(part) ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY));
                    return new HealthPage.Service(found.status(), found.version(), parts);
                })
                .orElseGet(() -> new HealthPage.Service(HealthStatus.UNHEALTHY.word(), null, null));
    }
}
