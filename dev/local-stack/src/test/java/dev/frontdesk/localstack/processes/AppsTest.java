package dev.frontdesk.localstack.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.localstack.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsTest {

    private static final Instant OF_EVERY_BUILD = Instant.parse("2026-11-21T00:00:00Z");

    @TempDir
    Path root;

    private Apps apps;

    @BeforeEach
    void makeApps() {
        apps = new Apps(root, root.resolve("apps"));
    }

    @Test
    void runsTheNewBuildAlsoIfItHasTheSameTimeAndSize() throws IOException {
        build("one");
        Path first = apps.of(Part.GATEWAY);
        assertThat(apps.of(Part.GATEWAY)).isEqualTo(first);

        build("two");

        assertThat(textIn(apps.of(Part.GATEWAY))).isEqualTo("two");
        assertThat(first).doesNotExist();
    }

    private void build(String text) throws IOException {
        Path jar = root.resolve("gateway/target/gateway-0.1.0-SNAPSHOT-exec.jar");
        Files.createDirectories(jar.resolveSibling(""));
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("some.txt"));
            out.write(text.getBytes(UTF_8));
        }
        Files.setLastModifiedTime(jar, FileTime.from(OF_EVERY_BUILD));
    }

    private static String textIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                var text = file.getInputStream(file.getEntry("some.txt"))) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }
}
