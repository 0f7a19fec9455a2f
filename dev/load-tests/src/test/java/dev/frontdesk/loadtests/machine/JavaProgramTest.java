package dev.frontdesk.loadtests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProgramTest {

    @Test
    void usesTheOptionsOfImagesWithTheHeapOfTheirContainer(@TempDir Path repository) throws IOException {
        Files.createDirectories(repository.resolve("docker"));
        Files.writeString(repository.resolve("docker/jvm.options"), """
                # A comment.
                -XX:MaxRAMPercentage=50
                -XX:+UseSerialGC

                -Djava.library.path=/app/native
                """);

        assertThat(JavaProgram.optionsOfImages(repository, 512))
                .containsExactly("-Xms8m", "-Xmx256m", "-XX:+UseSerialGC");
    }
}
