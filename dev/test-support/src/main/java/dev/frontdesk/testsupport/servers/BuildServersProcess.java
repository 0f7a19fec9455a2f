package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Owns the servers of one Maven build and ends with it. Answers the name of a server, a line, with its host and port.
 * Arguments: Maven's process id, the folder for the address and the log.
 */
final class BuildServersProcess {

    private static final int STARTS_WITHIN_SECONDS = 60;
    private static final List<String> SMALL =
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private BuildServersProcess() {}

    public static void main(String[] arguments) throws IOException {
        var maven = Long.parseLong(arguments[0]);
        var folder = Path.of(arguments[1]);
        // The shutdown hook ends the servers.
        ProcessHandle.of(maven).ifPresentOrElse(it -> it.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var draft = folder.resolve(maven + ".new");
            Files.writeString(draft, Integer.toString(socket.getLocalPort()));
            Files.move(draft, address(folder, maven), ATOMIC_MOVE);
            while (true) {
                var client = socket.accept();
                Thread.startVirtualThread(() -> answer(client));
            }
        }
    }

    private static void answer(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                var out = new PrintStream(client.getOutputStream(), true, UTF_8)) {
            try {
                var server = switch (in.readLine()) {
                    case "redis" -> TestServers.redis();
                    case "postgres" -> TestServers.postgres();
                    case "kafka" -> TestServers.kafka();
                    case String other -> throw new IllegalArgumentException("no such server: " + other);
                };
                out.println(server.host() + " " + server.port());
            } catch (RuntimeException e) {
                out.println(e.toString().lines().collect(joining("; ")));
            }
        } catch (IOException e) {
            System.err.println("A test JVM went away: " + e.getMessage());
        }
    }

    private static Path address(Path folder, long maven) {
        return folder.resolve(maven + ".address");
    }

    /** The port of the process of this Maven, if one runs. An earlier Maven may have had the same process id. */
    static OptionalInt portIn(Path folder, long maven) throws IOException {
        var address = address(folder, maven);
        if (!Files.exists(address)) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(Files.readString(address));
        if (Greeting.isOpen("127.0.0.1", port)) {
            return OptionalInt.of(port);
        }
        Files.delete(address);
        return OptionalInt.empty();
    }

    /** Returns the port once the process answers. */
    static int start(Path folder, long maven) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(Stream.of(
                                List.of(java),
                                SMALL,
                                choice(),
                                // Where the times of the starts go.
                                List.of("-Dbasedir="
                                        + folder.toAbsolutePath()
                                                .resolve("../..")
                                                .normalize()),
                                List.of("-cp", classPath(), BuildServersProcess.class.getName()),
                                List.of(Long.toString(maven), folder.toString()))
                        .flatMap(List::stream)
                        .toList())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(maven + ".log").toFile())
                .start();
        for (int i = 0; i < STARTS_WITHIN_SECONDS * 20; i++) {
            var port = portIn(folder, maven);
            if (port.isPresent()) {
                return port.getAsInt();
            }
            try {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(
                "The servers of the build did not start: see " + folder.resolve(maven + ".log"));
    }

    /** Where servers come from, if this JVM was told. */
    private static List<String> choice() {
        var choice = System.getProperty(ServerChoice.PROPERTY);
        return choice == null ? List.of() : List.of("-D" + ServerChoice.PROPERTY + "=" + choice);
    }

    /** Maven gives a test JVM one jar that names all others, and deletes it when that JVM ends. */
    private static String classPath() throws IOException {
        var classPath = System.getProperty("java.class.path");
        if (classPath.contains(File.pathSeparator)) {
            return classPath;
        }
        try (var jar = new JarFile(classPath)) {
            var manifest = jar.getManifest();
            var named = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return named == null
                    ? classPath
                    : Arrays.stream(named.split(" "))
                            .map(it -> Path.of(Path.of(classPath).toUri().resolve(URI.create(it)))
                                    .toString())
                            .collect(joining(File.pathSeparator));
        }
    }
}
