package dev.frontdesk.deployment.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that contains these tests. */
public final class Repository {

    public static final Path ROOT = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .filter(folder -> Files.exists(folder.resolve("k8s")) && Files.exists(folder.resolve("gateway")))
            .findFirst()
            .orElseThrow();

    private Repository() {}

    public static String text(String file) {
        return text(ROOT.resolve(file));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every file below, without files of a build or an editor. */
    public static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
