package dev.frontdesk.loadtests.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLimitTest {

    @TempDir
    Path repository;

    @Test
    void isTheLimitAndNotTheRequest() throws IOException {
        manifest("""
                          resources:
                            requests:
                              cpu: 200m
                              memory: 320Mi
                            limits:
                              cpu: "2"
                              memory: 448Mi
                """);

        assertThat(ContainerLimit.of(repository, "x")).isEqualTo(448);
    }

    @Test
    void saysWhereItIsMissing() throws IOException {
        manifest("nothing");

        assertThatThrownBy(() -> ContainerLimit.of(repository, "x")).hasMessageContaining("x.yaml");
    }

    private void manifest(String text) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("k8s/base"));
        Files.writeString(folder.resolve("x.yaml"), text);
    }
}
