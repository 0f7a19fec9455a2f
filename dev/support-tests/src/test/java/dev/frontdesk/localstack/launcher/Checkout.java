package dev.frontdesk.localstack.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.servers.Folders;
import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.servers.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A built repository in a separate folder: the real scripts and launcher, stand-ins for the services, free ports. */
final class Checkout implements AutoCloseable {

    private static final long A_COMMAND_SECONDS = 120;

    final Path root;
    final Ports ports;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    Checkout() {
        try {
            root = Files.createTempDirectory("frontdesk checkout ");
            Path dev = Path.of("").toAbsolutePath().resolveSibling("");
            Path module = dev.resolve("local-stack");
            for (String script : List.of("up", "down", "status")) {
                copy(dev.resolve(script), root.resolve("dev").resolve(script));
            }
            try (Stream<Path> scripts = Files.list(module.resolve("scripts"))) {
                scripts.forEach(script ->
                        copy(script, root.resolve("dev/local-stack/scripts").resolve(script.getFileName())));
            }
            Files.createSymbolicLink(root.resolve("dev/local-stack/target"), module.resolve("target"));
            for (Part service :
                    Arrays.stream(Part.values()).filter(Part::hasJar).toList()) {
                writeJar(root.resolve(service.module()).resolve("target"), service.module());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ports = freePorts();
        for (Port port : Port.values()) {
            environment.put(port.variable(), Integer.toString(ports.of(port)));
        }
        environment.put("FRONTDESK_START_TIMEOUT", "60");
        environment.put("FRONTDESK_AOT", "off");
    }

    private static Ports freePorts() {
        Set<Integer> free = new LinkedHashSet<>();
        while (free.size() < Port.values().length) {
            free.add(FreePorts.next());
        }
        Iterator<Integer> next = free.iterator();
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Arrays.stream(Port.values()).forEach(port -> numbers.put(port, next.next()));
        return new Ports(numbers);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.resolveSibling(""));
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeJar(Path target, String name) throws IOException {
        Files.createDirectories(target);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String type = FakeService.class.getName().replace('.', '/') + ".class";
        Path file = target.resolve(Path.of(name).getFileName() + "-0.1.0-SNAPSHOT-exec.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream code = FakeService.class.getResourceAsStream("/" + type)) {
            jar.putNextEntry(new JarEntry(type));
            code.transferTo(jar);
        }
    }

    Checkout with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Path home() {
        return root.resolve(".frontdesk");
    }

    /** Starts a script and leaves it running; its output goes into a file. */
    Process start(String script, String... options) {
        // As in a terminal, the script gets its own process group.
        String inItsGroup = "set -m; bash dev/%1$s \"$@\" >%1$s.out 2>&1 & echo $! >%1$s.pid; wait $!";
        // A build that runs in the background may ignore Ctrl-C, and bash can't undo that for itself.
        String listeningToCtrlC = "$SIG{INT} = 'DEFAULT'; exec @ARGV or die";
        List<String> command = new ArrayList<>(
                List.of("perl", "-e", listeningToCtrlC, "bash", "-c", inItsGroup.formatted(script), script));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script to its end. */
    Outcome run(String script, String... options) {
        Process process = start(script, options);
        try {
            boolean ended = process.waitFor(A_COMMAND_SECONDS, TimeUnit.SECONDS);
            return new Outcome(ended ? process.exitValue() : -1, output(script));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String output(String script) {
        return read(root.resolve(script + ".out"));
    }

    /** Empty until the file exists. */
    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle script(String name) {
        return ProcessHandle.of(Long.parseLong(read(root.resolve(name + ".pid")).trim()))
                .orElseThrow();
    }

    /** A terminal sends the signal to the whole group of the script. */
    void pressCtrlC(String script) {
        Signals.send(-script(script).pid(), "INT");
    }

    /** The output of {@code dev/status --env}. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        run("status", "--env").output().lines().forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return variables;
    }

    /** One for each part, in the parts' order. */
    List<ProcessHandle> processes() {
        Map<String, String> variables = variables();
        return Part.required().stream()
                .map(part -> Long.parseLong(variables.getOrDefault("PID_" + part, "")))
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
    }

    String get(Port port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + ports.of(port) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(UTF_8))
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("down");
        started.forEach(Process::destroyForcibly);
        // A process that makes an AOT cache may outlive the stack for moments.
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> Folders.delete(root));
    }

    record Outcome(int exit, String output) {}
}
