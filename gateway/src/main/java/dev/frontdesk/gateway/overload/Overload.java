package dev.frontdesk.gateway.overload;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Handles a bounded number of requests at once. The others are refused before anything is done for them: a gateway that accepts
 * all of them would answer all of them too late.
 */
@Component
public final class Overload {

    private static final Set<String> NEVER_REFUSED = Set.of("health", "limits");

    private static final Duration NEVER_SLOW = Duration.ofDays(1);

    private final InFlightProperties properties;
    private final MeterRegistry meters;
    private final AtomicInteger overloaded = new AtomicInteger();
    private final InFlight limited;
    private final InFlight waiting;
    private final InFlight uploads;
    private final Map<String, InFlight> services = new ConcurrentHashMap<>();
    private final Map<String, InFlight> uploadsByRoute = new ConcurrentHashMap<>();
    private final Map<String, InFlight> routes = new ConcurrentHashMap<>();

    Overload(InFlightProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.meters = meters;
        this.limited = new InFlight("limits", properties.limited(), NEVER_SLOW, overloaded, meters);
        this.waiting = new InFlight("waiting", properties.waiting(), NEVER_SLOW, overloaded, meters);
        this.uploads = new InFlight("uploads", properties.uploads(), NEVER_SLOW, overloaded, meters);
    }

    /** Whether requests of some route must be refused; cheap enough for every request. */
    public boolean isNow() {
        return overloaded.get() > 0;
    }

    /**
     * Whether a new request of this route must be refused: {@link EarlyRefusal} answers it then. Never for what operators and
     * proxies ask the gateway itself.
     */
    public boolean refuses(Route route) {
        if (NEVER_REFUSED.contains(route.getId())) {
            return false;
        }
        InFlight requests = routes.get(route.getId());
        return limited.refuses() || (requests != null && requests.refuses());
    }

    /** Counts the check of a request's limits. */
    public <T> Mono<T> limited(Mono<T> check) {
        return limited.counted(check);
    }

    /**
     * Bounds the requests that an application has at once.
     *
     * @param route the only one that leads to it
     */
    public GatewayFilter bulkhead(String route) {
        // Some applications take their time: how long says nothing about a queue.
        InFlight requests = register(
                services.computeIfAbsent(
                        route, _ -> new InFlight(route, properties.perService(), NEVER_SLOW, overloaded, meters)),
                route);
        return (exchange, chain) -> requests.bounded(chain.filter(exchange));
    }

    /**
     * Bounds the requests to applications whose bodies are passed on while they arrive: their clients decide how long. Those of
     * one route leave room for others.
     */
    public GatewayFilter uploads(String route) {
        InFlight own = uploadsByRoute.computeIfAbsent(
                route,
                _ -> new InFlight("uploads." + route, properties.uploadsPerRoute(), NEVER_SLOW, overloaded, meters));
        return (exchange, chain) -> own.bounded(uploads.bounded(chain.filter(exchange)));
    }

    /** The route is gone. */
    public void forget(String route) {
        routes.remove(route);
        removeMeters(services.remove(route));
        removeMeters(uploadsByRoute.remove(route));
    }

    private static void removeMeters(@Nullable InFlight gone) {
        if (gone != null) {
            gone.removeMeters();
        }
    }

    /** The requests that this service has at once, to which those of the route belong. */
    InFlight service(String name, @Nullable String route) {
        return register(
                services.computeIfAbsent(
                        name,
                        _ -> new InFlight(name, properties.perService(), properties.slowAfter(), overloaded, meters)),
                route);
    }

    /** The requests that wait for something to happen, to which those of the route belong. */
    InFlight waiting(@Nullable String route) {
        return register(waiting, route);
    }

    private InFlight register(InFlight requests, @Nullable String route) {
        if (route != null) {
            routes.put(route, requests);
        }
        return requests;
    }
}
