package dev.frontdesk.gateway.overload;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Handles a bounded number of requests at once. The others are refused before anything is done for them: a gateway that accepts
 * all of them would answer all of them too late.
 */
@Component
public final class Overload {

    private final InFlightProperties properties;
    private final MeterRegistry meters;
    private final InFlight limited;
    private final InFlight all;
    private final InFlight waiting;
    private final Map<String, InFlight> services = new ConcurrentHashMap<>();

    Overload(InFlightProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.meters = meters;
        this.limited = new InFlight("limits", properties.limited(), null, meters);
        this.all = new InFlight("services", properties.requests(), null, meters);
        this.waiting = new InFlight("waiting", properties.waiting(), null, meters);
    }

    /** Whether a new request must be refused, for which nothing was done yet: {@link EarlyRefusal} answers it then. */
    public boolean refuses() {
        return limited.refuses() || all.refuses();
    }

    /** Counts the check of a request's limits. */
    public <T> Mono<T> limited(Mono<T> check) {
        return limited.counted(check);
    }

    /** Those that the service of that name may have at once. */
    InFlight service(String name) {
        return services.computeIfAbsent(name, _ -> new InFlight(name, properties.perService(), all, meters));
    }

    InFlight waiting() {
        return waiting;
    }
}
