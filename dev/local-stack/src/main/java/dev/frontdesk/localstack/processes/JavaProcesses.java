package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.ServerFailed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts Java programs on the JDK of this process, small enough that nine processes fit on a laptop. */
final class JavaProcesses {

    /** Megabytes of heap; if libargon2 cannot be loaded, registration hashes passwords in it with 19 MiB each. */
    private static final Map<Part, Integer> HEAP = Map.of(
            Part.KAFKA, 160,
            Part.SMTP, 64,
            Part.REGISTRATION, 256,
            Part.SESSION, 128,
            Part.NOTIFICATION, 192,
            Part.CACHE, 160,
            Part.GATEWAY, 192,
            Part.SAMPLE, 64);

    /**
     * The second compiler would do as much work during a start as the start itself: it compiles only what is ten times
     * hotter than usual, which password hashing or a load test soon is.
     */
    private static final List<String> OPTIMISED_LATE =
            List.of("-XX:Tier4InvocationThreshold=50000", "-XX:Tier4CompileThreshold=150000");

    private static final List<String> NOT_OPTIMISED = List.of("-XX:TieredStopAtLevel=1");

    private final Map<String, String> inherited;

    /**
     * @param inherited the environment that every process gets; {@code <PART>_JAVA_OPTS} in it come last on the command
     *     line of that part
     */
    JavaProcesses(Map<String, String> inherited) {
        this.inherited = inherited;
    }

    Process start(Part part, List<String> program, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(flags(part));
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(inherited);
        builder.environment().putAll(environment);
        // Otherwise each thread may get an arena of native memory of its own.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ServerFailed("could not start " + part.title() + ": " + e.getMessage(), e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> flags(Part part) {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx" + HEAP.get(part) + "m",
                // A heap that starts small and a small young generation: memory that was touched once stays resident.
                "-Xms24m",
                "-XX:NewRatio=8",
                // Otherwise the heap is collected three times while classes are loaded.
                "-XX:MetaspaceSize=128m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                // Otherwise Java would write files in the C locale's encoding.
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        flags.addAll(part.isService() ? OPTIMISED_LATE : NOT_OPTIMISED);
        String own = inherited.getOrDefault(part.name() + "_JAVA_OPTS", "").trim();
        if (!own.isEmpty()) {
            flags.addAll(List.of(own.split("\\s+")));
        }
        return flags;
    }
}
