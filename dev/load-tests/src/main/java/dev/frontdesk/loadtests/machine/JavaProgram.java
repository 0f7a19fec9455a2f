package dev.frontdesk.loadtests.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts Java programs of the measurement with the JVM options of an image. */
public final class JavaProgram {

    /** Depends on the image's files. */
    private static final String ONLY_IN_THE_IMAGE = "-Djava.library.path=";

    private static final String SHARE_OF_THE_CONTAINER = "-XX:MaxRAMPercentage=";

    private JavaProgram() {}

    /**
     * The options of docker/jvm.options. The heap is the share of the container's memory limit, because here the limit
     * would be the machine's memory.
     *
     * @param limit megabytes
     */
    public static List<String> optionsOfImages(Path repository, int limit) {
        try (Stream<String> lines = Files.lines(repository.resolve("docker/jvm.options"))) {
            return lines.map(String::trim)
                    .filter(line -> line.startsWith("-") && !line.startsWith(ONLY_IN_THE_IMAGE))
                    .flatMap(line -> line.startsWith(SHARE_OF_THE_CONTAINER) ? heap(line, limit) : Stream.of(line))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("docker/jvm.options is missing", e);
        }
    }

    /** A JVM begins with a 64th of the memory. */
    private static Stream<String> heap(String line, int limit) {
        int percent = Integer.parseInt(line.substring(SHARE_OF_THE_CONTAINER.length()));
        return Stream.of("-Xms" + limit / 64 + "m", "-Xmx" + limit * percent / 100 + "m");
    }

    /** @param program what follows the options on the command line */
    public static Process start(List<String> options, List<String> program, Map<String, String> environment, Path log) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(options);
        command.addAll(program);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // As in our images.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            // Also after Ctrl-C.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-" + process.pid()));
            return process;
        } catch (IOException e) {
            throw new IllegalStateException("Can't start " + program, e);
        }
    }

    /** @param main with the class path of this process */
    public static List<String> ofClass(Class<?> main, String... arguments) {
        var program = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        program.addAll(List.of(arguments));
        return program;
    }

    /** Extracts the jar, as images do: code that reads files of a nested jar is slower. */
    public static List<String> ofSpringBoot(Path module, Path folder) {
        try (Stream<Path> files = Files.list(module.resolve("target"))) {
            Path jar = files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No *-exec.jar in " + module + "/target"));
            int exit = new ProcessBuilder(
                            java(),
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--force",
                            "--destination",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exit != 0) {
                throw new IllegalStateException("Can't extract " + jar);
            }
            return List.of("-jar", folder.resolve(jar.getFileName()).toString());
        } catch (IOException e) {
            throw new IllegalStateException("Can't extract the jar of " + module, e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
