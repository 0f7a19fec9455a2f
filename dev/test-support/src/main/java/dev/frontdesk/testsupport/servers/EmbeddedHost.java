package dev.frontdesk.testsupport.servers;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.frontdesk.localstack.servers.Folders;
import dev.frontdesk.localstack.servers.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A process of this machine with its children, on 127.0.0.1. */
final class EmbeddedHost implements Host {

    private static final int ATTEMPTS = 3;
    private static final int ENDS_WITHIN_SECONDS = 20;
    private static final int LINES_OF_LOG = 12;

    /** Starts the server's process, on data that an earlier one may have left. */
    interface Boot {

        Process start(Place place, int port);
    }

    /**
     * @param stop ends the server in an orderly way
     * @param end ends it at once
     */
    record Signals(String stop, String end) {}

    /** A temporary folder. */
    record Place(Path folder) {

        Path data() {
            return folder.resolve("data");
        }

        Path log() {
            return folder.resolve("server.log");
        }
    }

    private final Place place;
    private final int port;
    private final Signals signals;
    private final Boot boot;
    private Process process;

    private EmbeddedHost(String name, int port, Signals signals, Boot boot) {
        this.place = temporary(name);
        this.port = port;
        this.signals = signals;
        this.boot = boot;
        this.process = boot.start(place, port);
    }

    /**
     * Starts a server and returns when it answers; on another port if another program has taken the first one in the
     * meantime.
     */
    static <S extends TestServer> S start(String name, Signals signals, Boot boot, Function<EmbeddedHost, S> as) {
        for (int attempt = 1; ; attempt++) {
            var host = new EmbeddedHost(name, FreePorts.next(), signals, boot);
            EndOfJvm.closes(host);
            var server = as.apply(host);
            try {
                server.awaitAnswer();
                return server;
            } catch (IllegalStateException endedByItself) {
                host.close();
                if (attempt == ATTEMPTS) {
                    throw endedByItself;
                }
            }
        }
    }

    /** One of several processes that form a server: the caller that starts them waits for them. */
    static EmbeddedHost start(String name, int port, Boot boot) {
        var host = new EmbeddedHost(name, port, new Signals("TERM", "KILL"), boot);
        EndOfJvm.closes(host);
        return host;
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        end("KILL");
    }

    Place place() {
        return place;
    }

    @Override
    public String name() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void stop() {
        signal("CONT", all());
        end(signals.stop());
    }

    @Override
    public synchronized void start() {
        if (process.isAlive()) {
            throw new IllegalStateException("Already running");
        }
        process = boot.start(place, port);
    }

    /** PostgreSQL answers from children of the started process: all of them freeze. */
    @Override
    public synchronized void pause() {
        signal("STOP", all());
    }

    @Override
    public synchronized void resume() {
        signal("CONT", all());
    }

    @Override
    public synchronized void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Ended with " + process.exitValue() + ":\n" + lastWords());
        }
    }

    @Override
    public synchronized void close() {
        EndOfJvm.forget(this);
        signal("CONT", all());
        end(signals.end());
        Folders.delete(place.folder());
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private void end(String signal) {
        try {
            signal(signal, List.of(process.toHandle()));
            if (!process.waitFor(ENDS_WITHIN_SECONDS, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(it -> Long.toString(it.pid()))
                .forEach(command::add);
        if (command.size() == 2) {
            return;
        }
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(place.log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static Place temporary(String name) {
        try {
            return new Place(Files.createTempDirectory("frontdesk-test-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
