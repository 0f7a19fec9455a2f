package dev.frontdesk.endtoend.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A bash in a folder, with the variables that {@code dev/status --env} prints. Commands have the variables and functions that
 * earlier ones have set. It ends what it started.
 */
final class Terminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Path variables;
    private final Map<Integer, Process> background = new TreeMap<>();

    Terminal(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.variables = folder.resolve(".variables");
        environment.forEach(this::export);
    }

    /** For a server that the page starts. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** For the commands that follow. */
    void export(String name, String value) {
        String line = "export " + name + "='" + value.replace("'", "'\\''") + "'\n";
        try {
            Files.writeString(variables, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** Returns what the commands print, which is in the failure if one of them fails. */
    String run(String commands) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "run", ".log");
        Process bash = start("trap '{ export -p; declare -f; } > .variables' EXIT\n" + commands, printed);
        boolean ended = bash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        end(bash);
        String output = Files.readString(printed);
        assertThat(ended && bash.exitValue() == 0).as(commands + "\n" + output).isTrue();
        return output;
    }

    /**
     * Leaves commands running; returns once they listen on that port of this machine.
     *
     * @return what they print
     */
    Path runInBackground(String commands, int port) throws IOException {
        Path printed = Files.createTempFile(folder, "background", ".log");
        Process bash = start(commands, printed);
        background.put(port, bash);
        await().atMost(PATIENCE).until(() -> {
            assertThat(bash.isAlive()).as(() -> commands + "\n" + read(printed)).isTrue();
            return isOpen(port);
        });
        return printed;
    }

    /** Kills what listens on that port. */
    void kill(int port) {
        end(requireNonNull(background.remove(port)));
    }

    private Process start(String commands, Path printed) throws IOException {
        var builder = new ProcessBuilder("bash", "-c", "set -aeo pipefail\n. ./.variables\n" + commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(printed.toFile());
        return builder.start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On one of the addresses of localhost: Node.js takes the first one, which may be ::1. */
    private static boolean isOpen(int port) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName("localhost")).anyMatch(address -> isOpen(address, port));
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        background.values().forEach(Terminal::end);
    }

    private static void end(Process bash) {
        // First its children, which go on without it otherwise.
        var children = bash.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
        bash.onExit().join();
        children.forEach(child -> child.onExit().join());
    }
}
