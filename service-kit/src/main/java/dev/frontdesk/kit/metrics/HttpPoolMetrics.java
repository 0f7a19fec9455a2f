package dev.frontdesk.kit.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Publishes how many connections of an HTTP client are in use. A scrape adds up the pools of all targets; a request
 * costs nothing, and no address becomes a label. Reactor Netty's own metrics measure each request and have a series per
 * target.
 *
 * <pre>
 * ConnectionProvider.builder("calls").metrics(true, () -> poolMetrics)
 * </pre>
 */
public final class HttpPoolMetrics implements ConnectionProvider.MeterRegistrar, MeterBinder {

    /** One pool of the client: its requests to one target with the same settings. */
    private record Target(String id, SocketAddress address) {}

    private final String name;
    private final Map<Target, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

    /** @param name the value of the label {@code pool} */
    public HttpPoolMetrics(String name) {
        this.name = name;
    }

    @Override
    public void registerMetrics(String pool, String id, SocketAddress address, ConnectionPoolMetrics metrics) {
        pools.put(new Target(id, address), metrics);
    }

    @Override
    public void deRegisterMetrics(String pool, String id, SocketAddress address) {
        pools.remove(new Target(id, address));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connections(registry, "active", ConnectionPoolMetrics::acquiredSize);
        connections(registry, "idle", ConnectionPoolMetrics::idleSize);
        Gauge.builder("frontdesk.http.pool.pending", () -> sum(ConnectionPoolMetrics::pendingAcquireSize))
                .description("Requests that wait for a connection")
                .tag("pool", name)
                .register(registry);
    }

    private void connections(MeterRegistry registry, String state, ToIntFunction<ConnectionPoolMetrics> size) {
        Gauge.builder("frontdesk.http.pool.connections", () -> sum(size))
                .description("Connections to services and receivers")
                .tag("pool", name)
                .tag("state", state)
                .register(registry);
    }

    private int sum(ToIntFunction<ConnectionPoolMetrics> size) {
        return pools.values().stream().mapToInt(size).sum();
    }
}
