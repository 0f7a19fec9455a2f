package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
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
            Path place = cache.resolve(resource.replace(".txz", "") + "-" + digest(resource));
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
        InputStream content = Binaries.class.getResourceAsStream("/" + resource);
        if (content == null) {
            throw new IOException("not on the class path");
        }
        return content;
    }

    private static String digest(String resource) throws IOException {
        try (InputStream content = open(resource)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
