package dev.frontdesk.registration.passwords;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds libargon2: first in {@code java.library.path}, for images with a read-only root; then in the library's archive
 * on the class path, from which it is unpacked only while it is loaded. If neither works, passwords are hashed in Java.
 */
final class Argon2Library {

    private static final Logger log = LoggerFactory.getLogger(Argon2Library.class);

    private Argon2Library() {}

    /** Logs in one line which implementation is used. */
    static Argon2id fastest() {
        return fastest(folders(), resource());
    }

    /** @param resource the library on the class path; null if no library is bundled for this platform */
    static Argon2id fastest(List<Path> folders, @Nullable String resource) {
        try {
            var found = installed(folders);
            Argon2id argon2id = found.isPresent()
                    ? NativeArgon2id.load(found.get(), found.get().toString())
                    : bundled(resource);
            log.info("Passwords are hashed by {}", argon2id);
            return argon2id;
        } catch (IOException | RuntimeException | LinkageError failed) {
            var inJava = new BouncyCastleArgon2id();
            log.warn(
                    "Passwords are hashed by {}, which is slower: libargon2 could not be loaded: {}",
                    inJava,
                    failed.toString());
            return inJava;
        }
    }

    private static Optional<Path> installed(List<Path> folders) {
        String name = System.mapLibraryName("argon2");
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Argon2id bundled(@Nullable String resource) throws IOException {
        try (InputStream library = resource == null ? null : Argon2Library.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("no library is bundled for this platform");
            }
            Path folder = Files.createTempDirectory("frontdesk-argon2");
            Path file = folder.resolve("libargon2");
            try {
                Files.copy(library, file);
                return NativeArgon2id.load(file, "bundled");
            } finally {
                // The mapping stays valid after the file is deleted.
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }
    }

    private static List<Path> folders() {
        return Stream.of(System.getProperty("java.library.path", "").split(":", -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    static @Nullable String resource() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x86-64";
        if (system.startsWith("linux")) {
            return "/linux-" + machine + "/libargon2.so";
        }
        return system.startsWith("mac") ? "/darwin-" + machine + "/libargon2.dylib" : null;
    }
}
