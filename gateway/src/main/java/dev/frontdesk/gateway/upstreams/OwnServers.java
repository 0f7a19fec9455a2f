package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The servers of this installation: services, stores, brokers, and the gateway itself. No route may lead to them. Their names
 * are resolved again and again, because a server may move.
 */
final class OwnServers extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(OwnServers.class);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final List<InetSocketAddress> servers;
    private final Supplier<Set<Integer>> ownPorts;
    private final Scheduler blocking;
    private volatile Known known = new Known(Map.of(), Set.of(), Set.of());

    /**
     * @param servers unresolved
     * @param ownPorts those on which this gateway listens
     */
    OwnServers(List<InetSocketAddress> servers, Supplier<Set<Integer>> ownPorts, Scheduler blocking) {
        super("Resolving the names of our own servers");
        this.servers = List.copyOf(servers);
        this.ownPorts = ownPorts;
        this.blocking = blocking;
    }

    /**
     * @param machines all their ports are ours; with the time at which their names last meant them
     * @param sockets of this machine, which may have other servers too
     * @param thisMachine addresses of this machine
     */
    private record Known(
            Map<InetAddress, Long> machines, Set<InetSocketAddress> sockets, Set<InetAddress> thisMachine) {}

    boolean include(InetSocketAddress address) {
        Known current = known;
        InetAddress machine = address.getAddress();
        boolean here = machine.isLoopbackAddress() || current.thisMachine().contains(machine);
        return here
                ? ownPorts.get().contains(address.getPort())
                        || current.sockets().stream().anyMatch(ours -> ours.getPort() == address.getPort())
                : current.machines().containsKey(machine);
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> resolve(), 1);
    }

    private Mono<Void> resolve() {
        return Mono.<Void>fromRunnable(this::resolveNow).subscribeOn(blocking);
    }

    /** Blocks. */
    void resolveNow() {
        known = resolved();
    }

    /** A name that can't be resolved now keeps no server reachable: a route to it would fail as well. */
    private Known resolved() {
        Set<InetAddress> here = addressesOfThisMachine();
        long now = System.nanoTime();
        // What was ours a moment ago may still be.
        var machines = new HashMap<>(known.machines());
        machines.values().removeIf(seen -> now - seen > FORGOTTEN.toNanos());
        var sockets = new HashSet<InetSocketAddress>();
        for (InetSocketAddress server : servers) {
            for (InetAddress address : addressesOf(server.getHostString())) {
                if (address.isLoopbackAddress() || here.contains(address)) {
                    sockets.add(new InetSocketAddress(address, server.getPort()));
                } else {
                    machines.put(address, now);
                }
            }
        }
        return new Known(machines, sockets, here);
    }

    private static List<InetAddress> addressesOf(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            log.debug("{} is not known at present", host);
            return List.of();
        }
    }

    private static Set<InetAddress> addressesOfThisMachine() {
        try {
            var addresses = new HashSet<InetAddress>();
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(addresses::add);
            return addresses;
        } catch (SocketException unknown) {
            log.warn("The addresses of this machine are not known: {}", unknown.toString());
            return Set.of();
        }
    }
}
