package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.kit.resilience.Outages;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts the pending registrations of the whole installation, for operators. */
@Component
public final class PendingRegistrationGauge {

    private static final Logger log = LoggerFactory.getLogger(PendingRegistrationGauge.class);

    private static final Duration KNOWN_FOR = Duration.ofSeconds(3);
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Mono<Total> total;

    PendingRegistrationGauge(PendingRegistrationsView waiting, PostgresPendingRegistrations fallback, Clock clock) {
        var inRedis = orUnknown("Redis", waiting.countAll());
        var inPostgres = orUnknown("PostgreSQL", Mono.defer(() -> fallback.total(clock.instant())));
        this.total = Mono.zip(inRedis, inPostgres)
                .map(both -> new Total(
                        both.getT1().orElse(0L) + both.getT2().orElse(0L),
                        both.getT1().isPresent()))
                .cache(KNOWN_FOR);
    }

    private static Mono<Optional<Long>> orUnknown(String where, Mono<Long> count) {
        return count.timeout(WITHIN).map(Optional::of).onErrorResume(Outages::isBehind, outage -> {
            log.warn("Pending registrations in {} can't be counted: {}", where, outage.toString());
            return Mono.just(Optional.empty());
        });
    }

    /**
     * @param total of all tenants, as far as known; a registration that is being handed over to Redis may count twice
     *     for a moment
     * @param redisConnected whether Redis answered; if not, only the registrations in PostgreSQL are counted
     */
    public record Total(long total, boolean redisConnected) {}

    /** Answers within a second, even if Redis or PostgreSQL is frozen. The numbers are at most three seconds old. */
    public Mono<Total> get() {
        return total;
    }
}
