package dev.frontdesk.notification.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An SMTP server that answers as it is told to: what a well-behaved one can't be brought to say. */
final class ScriptedSmtp implements AutoCloseable {

    /** Instead of a reply: nothing, for ever. */
    static final String SILENCE = "";

    private final ServerSocket server;
    private final Map<String, Queue<String>> replies = new ConcurrentHashMap<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    ScriptedSmtp() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next replies to commands that begin in this way; afterwards it behaves. */
    void replies(String command, String... replies) {
        this.replies
                .computeIfAbsent(command, _ -> new ConcurrentLinkedQueue<>())
                .addAll(List.of(replies));
    }

    /** The source of each mail that it took. */
    List<String> mails() {
        return mails;
    }

    List<String> commands() {
        return commands;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> converse(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            say(socket, "220 scripted");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String reply = replyTo(line);
                if (reply.equals(SILENCE)) {
                    continue;
                }
                say(socket, reply);
                if (line.equals("DATA") && reply.startsWith("354")) {
                    mails.add(source(in));
                    say(socket, "250 taken");
                }
            }
        } catch (IOException gone) {
            // The client is gone: so is the conversation.
            return;
        }
    }

    private String replyTo(String line) {
        String scripted = scripted(line);
        if (scripted != null) {
            return scripted;
        }
        return line.equals("DATA") ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 ok";
    }

    private @Nullable String scripted(String line) {
        return replies.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .flatMap(entry -> Stream.ofNullable(entry.getValue().poll()))
                .findFirst()
                .orElse(null);
    }

    private static String source(BufferedReader in) throws IOException {
        var source = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            source.append(line).append('\n');
        }
        return source.toString();
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
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
