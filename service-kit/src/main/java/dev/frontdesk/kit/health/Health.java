package dev.frontdesk.kit.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checks all parts in parallel. */
final class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    /**
     * The time limit for each part. Longer than a part's own, such as 2 s for a connection from the pool or for a
     * broker; shorter than the gateway's for the whole.
     */
    private static final Duration WITHIN = Duration.ofMillis(2500);

    /** How long a result is cached, however many gateways ask. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Mono<ServiceHealth> health;

    Health(String version, List<HealthPart> parts) {
        var looks = parts.stream().map(SingleFlightHealth::new).toList();
        this.health = Flux.fromIterable(looks)
                .flatMap(part -> look(part).map(told -> Map.entry(part.name(), told)), Math.max(1, looks.size()))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, TreeMap::new)
                .map(told -> new ServiceHealth(statusOf(told), version, told))
                .cache(KEPT);
    }

    Mono<ServiceHealth> now() {
        return health;
    }

    private static Mono<Map<String, Object>> look(HealthPart part) {
        return part.look()
                .timeout(WITHIN)
                .map(told -> with(told, ServiceHealth.UP))
                .defaultIfEmpty(with(Map.of(), ServiceHealth.UP))
                .onErrorResume(error -> {
                    log.debug("{} is down: {}", part.name(), error.toString());
                    return Mono.just(with(Map.of(), ServiceHealth.DOWN));
                });
    }

    private static Map<String, Object> with(Map<String, Object> told, String status) {
        var all = new HashMap<>(told);
        all.put("status", status);
        return all;
    }

    private static String statusOf(Map<String, Map<String, Object>> parts) {
        return parts.values().stream().allMatch(part -> ServiceHealth.UP.equals(part.get("status")))
                ? ServiceHealth.HEALTHY
                : ServiceHealth.DEGRADED;
    }
}
