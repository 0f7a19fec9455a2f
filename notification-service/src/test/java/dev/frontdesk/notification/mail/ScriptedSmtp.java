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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An SMTP server that replies as scripted, in ways that a well-behaved server does not. */
final class ScriptedSmtp implements AutoCloseable {

    /** Instead of a reply: silence. */
    static final String SILENCE = "";

    /** Instead of a reply: the connection is closed. */
    static final String HANGS_UP = "hangs up";

    /** The usual reply, but not before {@link #goOn()}. */
    static final String HELD = "held";

    private final ServerSocket server;
    private final Map<String, Queue<String>> replies = new ConcurrentHashMap<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore held = new Semaphore(0);

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

    /**
     * The next replies to commands that begin in this way; afterwards it behaves normally. The end of a mail is the
     * command {@code .}; a mail that is not refused there was accepted, whatever the reply says.
     */
    void replies(String command, String... replies) {
        this.replies
                .computeIfAbsent(command, _ -> new ConcurrentLinkedQueue<>())
                .addAll(List.of(replies));
    }

    /** The next reply to the end of a mail that has such a line. */
    void repliesToTheEndOf(String line, String reply) {
        replies(line, reply);
    }

    /** The source of each accepted mail. */
    List<String> mails() {
        return mails;
    }

    List<String> commands() {
        return commands;
    }

    /** Open connections. */
    int connections() {
        return connections.get();
    }

    /** Releases a reply that is held. */
    void goOn() {
        held.release();
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
        connections.incrementAndGet();
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            say(socket, "220 scripted");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String reply = replyTo(line);
                if (!answer(socket, reply)) {
                    return;
                }
                if (line.equals("DATA") && reply.startsWith("354") && !take(socket, in)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The client has disconnected, so the conversation ends.
            return;
        } finally {
            connections.decrementAndGet();
        }
    }

    /** @return false if the server hung up, or the client did in the middle of the mail */
    private boolean take(Socket socket, BufferedReader in) throws IOException {
        String source = source(in);
        if (source == null) {
            return false;
        }
        String reply = Stream.concat(Stream.of("."), source.lines())
                .flatMap(line -> Stream.ofNullable(scripted(line)))
                .findFirst()
                .orElse("250 taken");
        if (!reply.startsWith("4") && !reply.startsWith("5")) {
            mails.add(source);
        }
        return answer(socket, reply);
    }

    private static boolean answer(Socket socket, String reply) throws IOException {
        if (reply.equals(HANGS_UP)) {
            return false;
        }
        if (!reply.equals(SILENCE)) {
            say(socket, reply);
        }
        return true;
    }

    private String replyTo(String line) throws InterruptedException {
        String scripted = scripted(line);
        if (HELD.equals(scripted)) {
            held.acquire();
        } else if (scripted != null) {
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

    /** Null if the client disconnected before the end of the mail. */
    private static @Nullable String source(BufferedReader in) throws IOException {
        var source = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return source.toString();
            }
            source.append(line).append('\n');
        }
        return null;
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
