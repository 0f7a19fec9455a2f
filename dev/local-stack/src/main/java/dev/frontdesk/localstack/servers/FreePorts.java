package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Ports for servers that live as long as a test. */
public final class FreePorts {

    // Below the ports that Linux and macOS use for outgoing connections, which could take one before its server does;
    // above those of the local stack.
    private static final int FROM = 20_000;
    private static final int TO = 32_000;
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(1);
    private static final Duration ASKED_EVERY = Duration.ofMillis(10);
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** A free port that this JVM was not given before. Another process may still take it. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    /**
     * Returns when a port can be bound, after a second at most. A process that is being started holds copies of our open
     * sockets for a moment, and with them the port of a server that has just stopped.
     */
    static void await(int port) {
        long end = System.nanoTime() + RELEASED_WITHIN.toNanos();
        while (!isFree(port) && System.nanoTime() < end) {
            LockSupport.parkNanos(ASKED_EVERY.toNanos());
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
