package dev.frontdesk.loadtests.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application that sends a large body to each GET and reads that of each PUT, and its client. Both copy as little as
 * they can, so that what is measured is the proxy in between.
 */
record LargeBodies(ServerSocketChannel server, long bytes) implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;
    private static final String PATH = "/app/large";
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    static LargeBodies start(long bytes) {
        try {
            var server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var started = new LargeBodies(server, bytes);
            Thread.ofPlatform().daemon().name("large-bodies").start(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.socket().getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                Thread.ofPlatform().daemon().name("large-body").start(() -> answer(connection));
            }
        } catch (IOException closed) {
            // At the end.
        }
    }

    private void answer(SocketChannel connection) {
        try (connection) {
            var buffer = ByteBuffer.allocateDirect(BUFFER);
            while (true) {
                String head = readHead(connection, buffer);
                if (head.startsWith("GET")) {
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n");
                    send(connection, buffer, bytes);
                } else {
                    receive(connection, buffer, lengthOf(head));
                    write(connection, "HTTP/1.1 204 No Content\r\n\r\n");
                }
            }
        } catch (IOException ended) {
            // By the proxy.
        }
    }

    /** @return seconds from the request to the last byte */
    static double download(int port, long bytes) {
        return timed(port, (connection, buffer) -> {
            write(connection, "GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            String head = readHead(connection, buffer);
            if (!head.startsWith("HTTP/1.1 200") || lengthOf(head) != bytes) {
                throw new IOException("not the whole body: " + head);
            }
            receive(connection, buffer, bytes);
        });
    }

    /** @return seconds from the request to the response */
    static double upload(int port, long bytes) {
        return timed(port, (connection, buffer) -> {
            write(connection, "PUT " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + bytes + "\r\n\r\n");
            send(connection, buffer, bytes);
            String head = readHead(connection, buffer);
            if (!head.startsWith("HTTP/1.1 204")) {
                throw new IOException("not accepted: " + head);
            }
        });
    }

    private interface Exchange {
        void run(SocketChannel connection, ByteBuffer buffer) throws IOException;
    }

    private static double timed(int port, Exchange exchange) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try (var connection = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            long begin = System.nanoTime();
            exchange.run(connection, buffer);
            return (System.nanoTime() - begin) / 1e9;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(SocketChannel connection, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    /** What of the body was read with the head stays in the buffer, after its position. */
    private static String readHead(SocketChannel connection, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (true) {
            if (connection.read(buffer) < 0) {
                throw new EOFException();
            }
            var read = new byte[Math.min(buffer.position(), 8192)];
            buffer.get(0, read);
            String head = new String(read, ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            if (end >= 0) {
                buffer.flip().position(end + 4);
                return head.substring(0, end);
            }
        }
    }

    private static long lengthOf(String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("no Content-Length: " + head);
        }
        return Long.parseLong(length.group(1));
    }

    private static void send(SocketChannel connection, ByteBuffer buffer, long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            left -= connection.write(buffer);
        }
    }

    private static void receive(SocketChannel connection, ByteBuffer buffer, long bytes) throws IOException {
        long left = bytes - buffer.remaining();
        while (left > 0) {
            int read = connection.read(buffer.clear());
            if (read < 0) {
                throw new EOFException(left + " bytes are missing");
            }
            left -= read;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
