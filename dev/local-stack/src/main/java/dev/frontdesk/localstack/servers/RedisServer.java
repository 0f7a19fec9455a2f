package dev.frontdesk.localstack.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis server on 127.0.0.1 that appends every write to its folder. Its process outlives this JVM. */
public final class RedisServer {

    /** The version of the binaries on the class path. */
    static final String VERSION = "7.0.15";

    private static final int ANSWER_WITHIN_MS = 1000;

    private final Process process;
    private final int port;
    private final String password;

    private RedisServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Returns once the process exists; {@link #isReady()} checks the rest.
     *
     * @param password that clients need; empty for none
     */
    public static RedisServer start(Path data, int port, String password, Path log) {
        var process = start(data, settings(data, port, password), log);
        return new RedisServer(process, port, password);
    }

    /**
     * With its own settings: a member of a cluster, or, with the argument {@code --sentinel}, a Sentinel.
     *
     * @param settings lines of a redis.conf
     */
    public static Process start(Path data, String settings, Path log, String... arguments) {
        try {
            Files.createDirectories(data);
            Path file = data.resolve("redis.conf");
            Files.deleteIfExists(file);
            // A file, because every process can read the arguments of another one.
            Files.createFile(file, OwnerOnly.FILE);
            Files.writeString(file, settings);
            var command = new ArrayList<>(List.of(Binaries.redis().toString(), file.toString()));
            command.addAll(List.of(arguments));
            return Processes.start(command, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** noeviction: a full Redis refuses writes instead of deleting sessions, codes or limits. */
    private static String settings(Path data, int port, String password) {
        return """
            bind 127.0.0.1
            port %d
            dir "%s"
            appendonly yes
            appendfsync everysec
            save ""
            maxmemory 256mb
            maxmemory-policy noeviction
            """.formatted(port, data.toAbsolutePath())
                + (password.isEmpty() ? "" : "requirepass " + password + "\n");
    }

    /** Whether it answers PING, which it does not while it still loads its data. */
    public boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_WITHIN_MS);
            socket.setSoTimeout(ANSWER_WITHIN_MS);
            String login = password.isEmpty() ? "" : "AUTH " + password + "\r\n";
            socket.getOutputStream().write((login + "PING\r\n").getBytes(US_ASCII));
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            boolean welcome = password.isEmpty() || "+OK".equals(answers.readLine());
            return welcome && "+PONG".equals(answers.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    public Process process() {
        return process;
    }
}
