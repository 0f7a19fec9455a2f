package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.IntFunction;

/** Ports for servers that live as long as a test. */
public final class FreePorts {

    private static final int ATTEMPTS = 4;

    private FreePorts() {}

    /** A port that was free a moment ago; another process may take it meanwhile. */
    public static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on a free port, and on another one when it was taken in between. */
    static <T> T startOn(IntFunction<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.apply(next());
            } catch (ServerFailed e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
