package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.kit.health.HealthPart;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reports the number of pending sign-ups for {@code GET /health}. */
@Component
final class PendingHealth implements HealthPart {

    private final PendingRegistrationGauge total;

    PendingHealth(PendingRegistrationGauge total) {
        this.total = total;
    }

    @Override
    public String name() {
        return ServiceHealth.PENDING_REGISTRATIONS;
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return total.get().map(counted -> Map.of("total", counted.total()));
    }
}
