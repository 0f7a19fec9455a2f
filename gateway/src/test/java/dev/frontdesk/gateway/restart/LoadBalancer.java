package dev.frontdesk.gateway.restart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replaces a Kubernetes Service: gives each new connection to the next member, and a connection stays with its member
 * for its whole life, even if the member is removed.
 */
final class LoadBalancer implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Integer> members = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    LoadBalancer() throws IOException {
        threads.execute(this::open);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    void add(int port) {
        members.add(port);
    }

    void remove(int port) {
        members.remove(Integer.valueOf(port));
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        var now = List.copyOf(members);
        try (client;
                var member = new Socket()) {
            member.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), now.get(Math.floorMod(next.getAndIncrement(), now.size()))));
            client.setTcpNoDelay(true);
            member.setTcpNoDelay(true);
            var answers = threads.submit(() -> carry(member, client));
            carry(client, member);
            answers.get();
        } catch (Exception broken) {
            // Both ends are closed and notice it.
        }
    }

    /** Passes a half-close on, as the network would. */
    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // So be it.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
