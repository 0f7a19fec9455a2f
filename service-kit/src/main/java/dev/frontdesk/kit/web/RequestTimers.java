package dev.frontdesk.kit.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The timer {@code http.server.requests}, from a request's head to the begin of its response (or to 499, if the client disconnects before that), with the names and tags
 * that Spring Boot uses, except for {@code exception}. Tags have a bounded number of values: a route is one of ours, and unknown methods share one
 * value.
 */
public final class RequestTimers {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

    public RequestTimers(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Kind(String method, String route, int status) {}

    /** A client can invent any method, of any length. */
    static String known(String method) {
        return METHODS.contains(method) ? method : "UNKNOWN";
    }

    /** @param method from {@link #known} */
    void record(String method, String route, int status, long nanos) {
        var kind = new Kind(method, route, status);
        Timer timer = timers.get(kind);
        if (timer == null) {
            timer = timers.computeIfAbsent(kind, this::register);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer register(Kind kind) {
        return Timer.builder("http.server.requests")
                .description("Requests until their response begins")
                .tag("method", kind.method())
                .tag("uri", kind.route())
                .tag("status", Integer.toString(kind.status()))
                .tag("outcome", outcomeOf(kind.status()))
                .register(meters);
    }

    private static String outcomeOf(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }
}
