package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The first line that a line-based server sends to a new client. */
final class Greeting {

    private static final int WITHIN_MS = 1000;

    private Greeting() {}

    static boolean isOpen(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), WITHIN_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Empty if nothing answers within a second. */
    static String of(String host, int port, String firstWords) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), WITHIN_MS);
            socket.setSoTimeout(WITHIN_MS);
            socket.getOutputStream().write(firstWords.getBytes(US_ASCII));
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return line == null ? "" : line;
        } catch (IOException noAnswer) {
            return "";
        }
    }
}
