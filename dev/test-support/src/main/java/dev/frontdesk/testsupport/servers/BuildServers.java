package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers that all test JVMs of one Maven build share. They belong to a {@link BuildServersProcess}, which the first
 * JVM starts and which ends with Maven. Without the system property, in an IDE, each JVM has servers of its own.
 */
final class BuildServers {

    /** A folder of the build, the same for all its modules. */
    private static final String FOLDER = "frontdesk.test.build-servers";

    private static final Lazy<Optional<BuildServers>> OF_THIS_BUILD = new Lazy<>(BuildServers::find);

    private final int port;

    private BuildServers(int port) {
        this.port = port;
    }

    static Optional<BuildServers> ofThisBuild() {
        return OF_THIS_BUILD.get();
    }

    /** Where a server is; it is started when it is first asked for. */
    Host host(String server) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                var out = new PrintStream(socket.getOutputStream(), true, UTF_8)) {
            out.println(server);
            var answer = in.readLine();
            if (answer == null || !answer.matches("\\S+ \\d+")) {
                throw new IllegalStateException("The build's " + server + " did not start: " + answer);
            }
            var parts = answer.split(" ");
            return new HostOfTheBuild(parts[0], Integer.parseInt(parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<BuildServers> find() {
        var folder = System.getProperty(FOLDER);
        var maven = parents()
                .filter(it -> it.info().command().orElse("").endsWith("java"))
                .findFirst();
        if (folder == null || maven.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BuildServers(port(Path.of(folder), maven.get().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ProcessHandle> parents() {
        return Stream.iterate(
                        ProcessHandle.current().parent(), Optional::isPresent, it -> it.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream);
    }

    private static int port(Path folder, long maven) throws IOException {
        Files.createDirectories(folder);
        try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            var running = BuildServersProcess.portIn(folder, maven);
            return running.isPresent() ? running.getAsInt() : BuildServersProcess.start(folder, maven);
        }
    }

    /** Other test JVMs use it as well, so that no test may stop or freeze it. */
    private record HostOfTheBuild(String name, int port) implements Host {

        @Override
        public void stop() {
            throw new IllegalStateException(
                    "The server on port " + port + " is shared by the whole build: a test stops or"
                            + " freezes one of its own (@WithServers(own = ...))");
        }

        @Override
        public void start() {
            stop();
        }

        @Override
        public void pause() {
            stop();
        }

        @Override
        public void resume() {
            stop();
        }

        @Override
        public void checkAlive() {}

        @Override
        public void close() {}
    }
}
