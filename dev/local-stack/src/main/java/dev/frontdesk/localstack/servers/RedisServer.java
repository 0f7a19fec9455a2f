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
import java.time.Duration;
import java.util.List;

/** A Redis server as its own process, on 127.0.0.1. */
public final class RedisServer implements AutoCloseable {

    /** The version of the binaries on the class path. */
    static final String VERSION = "7.0.15";

    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final int ANSWER_WITHIN_MS = 1000;

    private final Process process;
    private final Path log;
    private final int port;
    private final String password;
    private final Runnable cleanup;

    private RedisServer(Process process, Path log, int port, String password, Runnable cleanup) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.password = password;
        this.cleanup = cleanup;
    }

    /** A server for tests: random port, no password, nothing kept, gone with {@link #close()} or with this JVM. */
    public static RedisServer ephemeral() {
        return FreePorts.startOn(port -> {
            Ephemeral place = Ephemeral.create("redis");
            Path log = place.folder().resolve("redis.log");
            RedisServer server = start(place.folder(), port, "", log, "save \"\"\n", place::close);
            place.closes(server::stop);
            server.awaitReady(READY_WITHIN);
            return server;
        });
    }

    /**
     * Starts a server that appends every write to its folder before it answers the next second. Returns at once: {@link
     * #awaitReady(Duration)} tells when it answers. The server outlives this JVM.
     */
    public static RedisServer persistent(Path data, int port, String password, Path log) {
        return start(data, port, password, log, "appendonly yes\nappendfsync everysec\nsave \"\"\n", () -> {});
    }

    private static RedisServer start(Path data, int port, String password, Path log, String keeping, Runnable cleanup) {
        try {
            Files.createDirectories(data);
            Path settings = data.resolve("redis.conf");
            Files.deleteIfExists(settings);
            // A file, because everybody may read the arguments of a process.
            Files.createFile(settings, OwnerOnly.FILE);
            Files.writeString(
                    settings,
                    keeping
                            + "bind 127.0.0.1\nport " + port + "\ndir \"" + data.toAbsolutePath() + "\"\n"
                            + (password.isEmpty() ? "" : "requirepass " + password + "\n"));
            String binary = Binaries.redis().toString();
            Process process = Processes.start(List.of(binary, settings.toString()), log);
            return new RedisServer(process, log, port, password, cleanup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady(Duration bound) {
        Processes.awaitReady("Redis", process, this::isReady, bound, log);
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
            return welcome && "+PONG".equals(answers.readLine()) && process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code redis://[:password@]127.0.0.1:port}. */
    public String url() {
        return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Process process() {
        return process;
    }

    private void stop() {
        Processes.end(process, "TERM", Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        stop();
        cleanup.run();
    }
}
