package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.jar.JarEntry;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the servers' binaries once per user and content, under {@code ~/.cache/frontdesk} (or {@code
 * $FRONTDESK_CACHE}). Each is unpacked into a temporary folder and then moved, so that two processes may do it at once.
 */
final class Binaries {

    private Binaries() {}

    /** The folder that contains PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    static Path postgres() {
        String archive = Platform.current().postgresArchive();
        return unpacked(archive, Binaries::untar);
    }

    /** The executable redis-server. */
    static Path redis() {
        String binary = Platform.current().redisBinary();
        return unpacked(binary, (content, folder) -> {
                    Path file = folder.resolve("redis-server");
                    Files.copy(content, file);
                    Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
                })
                .resolve("redis-server");
    }

    private interface Unpacking {
        void into(InputStream content, Path folder) throws IOException;
    }

    private static Path unpacked(String resource, Unpacking unpacking) {
        try {
            Path cache = cacheFolder();
            Path place = cache.resolve(resource.replace(".txz", "") + "-" + version(resource));
            if (Files.isDirectory(place)) {
                return place;
            }
            Files.createDirectories(cache);
            Path draft = Files.createTempDirectory(cache, "unpacking-");
            try (InputStream content = open(resource)) {
                unpacking.into(content, draft);
            }
            moveUnlessThere(draft, place);
            return place;
        } catch (IOException e) {
            throw new ServerFailed("could not unpack " + resource + ": " + e.getMessage(), e);
        }
    }

    private static void moveUnlessThere(Path draft, Path place) throws IOException {
        try {
            Files.move(draft, place);
        } catch (IOException e) {
            Folders.delete(draft);
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    /** macOS and Linux both have tar, but not always xz, so Java decompresses. */
    private static void untar(InputStream content, Path folder) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream xz = new XZInputStream(content);
                OutputStream out = tar.getOutputStream()) {
            xz.transferTo(out);
        }
        int exit = tar.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("tar ended with " + exit);
        }
    }

    private static Path cacheFolder() {
        String chosen = System.getenv("FRONTDESK_CACHE");
        return chosen != null && !chosen.isBlank()
                ? Path.of(chosen)
                : Path.of(System.getProperty("user.home"), ".cache", "frontdesk");
    }

    private static InputStream open(String resource) throws IOException {
        return entry(resource).getInputStream();
    }

    /** Says which content it is, without reading it: its checksum and length as its jar has them. */
    private static String version(String resource) throws IOException {
        JarEntry entry = entry(resource).getJarEntry();
        return Long.toHexString(entry.getCrc()) + "-" + Long.toHexString(entry.getSize());
    }

    private static JarURLConnection entry(String resource) throws IOException {
        URL place = Binaries.class.getResource("/" + resource);
        if (place == null || !(place.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("not in a jar of the class path");
        }
        return jar;
    }
}
