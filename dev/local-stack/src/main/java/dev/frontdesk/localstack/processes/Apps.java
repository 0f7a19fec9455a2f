package dev.frontdesk.localstack.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.Folders;
import dev.frontdesk.localstack.servers.ServerFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Copies of the services' jars to run from, so that a build does not replace the classes of a running stack. A Spring
 * Boot jar is extracted, which also starts faster.
 *
 * @param repository where the modules are
 * @param folder where the copies go
 */
record Apps(Path repository, Path folder) {

    /** The jar to run, copied from the newest build unless that was done before. */
    Path of(Part service) {
        Path built = newestJar(service);
        try {
            String prefix = service.title() + "-";
            Path place = folder.resolve(prefix + fingerprint(built));
            Path jar = place.resolve(built.getFileName());
            if (!Files.exists(jar)) {
                Folders.deleteMatching(folder, prefix);
                Path draft = folder.resolve(prefix + "new");
                Files.createDirectories(draft);
                fill(draft, built);
                Files.move(draft, place);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the content. A reproducible build gives all jars the same time, and different ones may have the same size. */
    private static String fingerprint(Path built) throws IOException {
        CRC32 all = new CRC32();
        try (JarFile jar = new JarFile(built.toFile())) {
            jar.stream()
                    .map(entry -> entry.getName() + " " + entry.getCrc() + "\n")
                    .forEach(entry -> all.update(entry.getBytes(UTF_8)));
        }
        return Long.toHexString(all.getValue()) + "-" + Long.toHexString(Files.size(built));
    }

    private Path newestJar(Part service) {
        Path target = repository.resolve(service.module()).resolve("target");
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                newest = files.filter(file -> file.toString().endsWith("-exec.jar"))
                        .max(Comparator.comparing(file -> file.toFile().lastModified()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return newest.orElseThrow(() ->
                new ServerFailed("no *-exec.jar in " + service.module() + "/target: run dev/up without --no-build"));
    }

    private static void fill(Path folder, Path built) throws IOException {
        if (!isSpringBoot(built)) {
            Files.copy(built, folder.resolve(built.getFileName()));
            return;
        }
        Process extract = new ProcessBuilder(List.of(
                        JavaProcesses.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djarmode=tools",
                        "-jar",
                        built.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = extract.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("could not extract " + built + ": exit code " + exit);
        }
    }

    private static boolean isSpringBoot(Path built) throws IOException {
        try (JarFile jar = new JarFile(built.toFile())) {
            return jar.getEntry("BOOT-INF/") != null;
        }
    }
}
