package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The reply of a Redis or a Sentinel to one command, in its wire format. */
final class Replies {

    private static final int WITHIN_MS = 1000;

    private Replies() {}

    /** Empty if nothing answers within a second. */
    static String of(Host host, String command) {
        return to(host, command + "\r\n");
    }

    /** From a server with a password; its OK comes before the reply. */
    static String of(Host host, String password, String command) {
        return to(host, "AUTH " + password + "\r\n" + command + "\r\n");
    }

    private static String to(Host host, String lines) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.name(), host.port()), WITHIN_MS);
            socket.setSoTimeout(WITHIN_MS);
            socket.getOutputStream().write(lines.getBytes(US_ASCII));
            // The server replies, sees the end of the input, and closes the connection, which ends the text.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException noAnswer) {
            return "";
        }
    }
}
