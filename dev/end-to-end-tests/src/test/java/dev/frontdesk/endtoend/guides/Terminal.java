package dev.frontdesk.endtoend.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A bash in a folder, with the variables that {@code dev/status --env} prints. It ends what it started. */
final class Terminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Process> background = new ArrayList<>();

    Terminal(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = new TreeMap<>(environment);
    }

    /** For a server that the page starts. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** For the commands that follow. */
    void export(String name, String value) {
        environment.put(name, value);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** Returns what the commands print, which is in the failure if one of them fails. */
    String run(String commands) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "run", ".log");
        Process bash = start("set -eo pipefail\n" + commands, printed);
        boolean ended = bash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        end(bash);
        String output = Files.readString(printed);
        assertThat(ended && bash.exitValue() == 0).as(commands + "\n" + output).isTrue();
        return output;
    }

    /** Leaves commands running; returns once they listen on that port of this machine. */
    Path runInBackground(String commands, int port) throws IOException {
        Path printed = Files.createTempFile(folder, "background", ".log");
        Process bash = start("set -e\n" + commands, printed);
        background.add(bash);
        await().atMost(PATIENCE).until(() -> {
            assertThat(bash.isAlive()).as(() -> commands + "\n" + read(printed)).isTrue();
            return isOpen(port);
        });
        return printed;
    }

    private Process start(String commands, Path printed) throws IOException {
        var builder = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        background.forEach(Terminal::end);
    }

    private static void end(Process bash) {
        // First its children, which go on without it otherwise.
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
        bash.onExit().join();
    }
}
