package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that live as long as a test. */
public final class FreePorts {

    // Below the ports that Linux and macOS use for outgoing connections, which could take one before its server does;
    // above those of the local stack.
    private static final int FROM = 20_000;
    private static final int TO = 32_000;
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

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
