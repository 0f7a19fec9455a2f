package dev.frontdesk.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.frontdesk.contracts.http.Headers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A WebSocket peer that neither reads nor answers unless it is told to. */
public final class RawSocket implements AutoCloseable {

    private static final int SMALL = 4096;
    private static final int CLOSE = 8;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawSocket(int port, String query, String assertion) throws IOException {
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write(("GET /ws?" + query
                                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + Headers.IDENTITY + ": " + assertion + "\r\n\r\n")
                        .getBytes(US_ASCII));
        in = new DataInputStream(socket.getInputStream());
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("Not upgraded: " + head);
        }
    }

    static RawSocket open(int port, String query, String assertion) {
        try {
            return new RawSocket(port, query, assertion);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end, at last. The code of the close frame; 1006 when the connection ends without one. */
    public int readToTheEnd() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte();
                long bytes = length == 127 ? in.readLong() : length == 126 ? in.readUnsignedShort() : length;
                if (opcode == CLOSE) {
                    return in.readUnsignedShort();
                }
                in.skipNBytes(bytes);
            }
        } catch (EOFException | SocketException cut) {
            return 1006;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
