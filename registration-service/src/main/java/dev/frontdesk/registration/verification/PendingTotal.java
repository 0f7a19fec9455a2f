package dev.frontdesk.registration.verification;

import dev.frontdesk.kit.outage.Outages;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How many pending registrations there are, for who looks after the suite. */
@Component
public final class PendingTotal {

    private static final Logger log = LoggerFactory.getLogger(PendingTotal.class);

    private static final Duration KNOWN_FOR = Duration.ofSeconds(3);
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Mono<Total> total;

    PendingTotal(WaitingList waiting) {
        this.total = waiting.countAll()
                .timeout(WITHIN)
                .map(count -> new Total(count, true))
                .onErrorResume(Outages::isBehind, outage -> {
                    log.warn("Pending registrations can't be counted: {}", outage.toString());
                    return Mono.just(new Total(0, false));
                })
                .cache(KNOWN_FOR);
    }

    /**
     * @param total of all tenants
     * @param redisConnected whether Redis has answered; the rest is not known otherwise
     */
    public record Total(long total, boolean redisConnected) {}

    /** Answers within a second, also where Redis is frozen; what it says is at most three seconds old. */
    public Mono<Total> get() {
        return total;
    }
}
