package dev.frontdesk.testsupport.sockets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;

/** A WebSocket peer on 127.0.0.1 that reads and answers only on demand, and sends arbitrary frames. */
public final class RawSocket implements AutoCloseable {

    /** The first byte of a frame (RFC 6455, section 5.2). */
    public static final int CONTINUATION_THAT_GOES_ON = 0x00;

    public static final int TEXT_THAT_GOES_ON = 0x01;
    public static final int LAST_CONTINUATION = 0x80;
    public static final int TEXT = 0x81;
    public static final int BINARY = 0x82;
    public static final int CLOSE = 0x88;
    public static final int PING = 0x89;
    public static final int PONG = 0x8a;

    private static final int SMALL = 4096;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawSocket(int port, String uri, Map<String, String> headers) throws IOException {
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        var request = new StringBuilder("GET " + uri
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(US_ASCII));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), SMALL));
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("Not upgraded: " + head);
        }
    }

    /** @param uri for example {@code /ws?ticket=…} */
    public static RawSocket open(int port, String uri, Map<String, String> headers) {
        try {
            return new RawSocket(port, uri, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends the same frame this many times, without reading.
     *
     * @param first its first byte
     * @return how many were sent before the other end refused more
     */
    public int floods(int first, String payload, int count) {
        byte[] frame = masked(first, payload);
        try {
            for (int sent = 0; sent < count; sent++) {
                try {
                    socket.getOutputStream().write(frame);
                } catch (SocketException cut) {
                    return sent;
                }
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawSocket sends(int first, String payload) {
        floods(first, payload, 1);
        return this;
    }

    /** Masked with zeros, which do not change it. */
    private static byte[] masked(int first, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        var frame = ByteBuffer.allocate(bytes.length + 14).put((byte) first);
        if (bytes.length < 126) {
            frame.put((byte) (MASKED | bytes.length));
        } else if (bytes.length < 1 << 16) {
            frame.put((byte) (MASKED | 126)).putShort((short) bytes.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(bytes.length);
        }
        frame.putInt(0).put(bytes).flip();
        byte[] all = new byte[frame.remaining()];
        frame.get(all);
        return all;
    }

    /** Reads to the end. Returns the code of the close frame; 1006 if the connection ends without one. */
    public int readToTheEnd() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & OPCODE;
                int length = in.readUnsignedByte();
                long bytes = length == 127 ? in.readLong() : length == 126 ? in.readUnsignedShort() : length;
                if (opcode == (CLOSE & OPCODE)) {
                    return bytes == 0 ? 1005 : in.readUnsignedShort();
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
