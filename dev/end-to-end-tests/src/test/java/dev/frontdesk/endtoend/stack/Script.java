package dev.frontdesk.endtoend.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The scripts in dev/ of this repository, run as in a terminal.
 *
 * @param environment added to this process's own environment
 * @param output a file for their output; a process that a script leaves running may keep a pipe open for ever
 */
record Script(Path repository, Map<String, String> environment, Path output) {

    /** The nearest folder above the working directory that has dev/up. */
    static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("dev/up"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Not inside the repository: no folder above has dev/up");
            }
        }
        return folder;
    }

    /** @return the output of the script, which is also in the failure if it did not end with 0 in time */
    String run(Duration within, String name, String... options) {
        List<String> command =
                new ArrayList<>(List.of(repository.resolve("dev").resolve(name).toString()));
        command.addAll(List.of(options));
        Path said = output.resolve("dev-" + name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(output);
            Process process = builder.start();
            boolean ended = process.waitFor(within.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroy();
            }
            String text = Files.readString(said);
            if (!ended || process.exitValue() != 0) {
                String how = ended ? "ended with " + process.exitValue() : "did not end within " + within;
                throw new IllegalStateException("dev/" + name + " " + how + ":\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
