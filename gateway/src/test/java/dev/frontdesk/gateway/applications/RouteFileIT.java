package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.scheduler.Schedulers;

/** Routes of a file, besides those of the API. */
@ExtendWith(OutputCaptureExtension.class)
class RouteFileIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    @Autowired
    private RouteSources sources;

    @DynamicPropertySource
    static void routesOfAFile(DynamicPropertyRegistry properties) throws IOException {
        Files.writeString(file(), yaml("/filed/**"));
        properties.add("frontdesk.gateway.routes.file", () -> file().toString());
    }

    private static Path file() {
        return folder.resolve("routes.yml");
    }

    private static String yaml(String path) {
        return """
                routes:
                  - id: filed
                    paths: ["%s"]
                    upstreams:
                      - url: %s
                    allow:
                      anonymous: true
                """.formatted(path, shop.url());
    }

    /** As deployments replace files: no reader sees a part of it. */
    private static void write(String content) throws IOException {
        Path draft = folder.resolve("draft");
        Files.writeString(draft, content);
        Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitStatus(String path, int status) {
        await().atMost(LONG)
                .untilAsserted(() -> get(path, _ -> {}).expectStatus().isEqualTo(status));
    }

    @BeforeEach
    void writeTheFirstContent() throws IOException {
        write(yaml("/filed/**"));
        awaitStatus("/filed/a", 200);
    }

    @Test
    void isReadAgainWhenItChanges() throws IOException {
        write(yaml("/changed/**"));

        awaitStatus("/changed/a", 200);
        get("/filed/a", _ -> {}).expectStatus().isNotFound();
    }

    @Test
    void standsBesidesTheRoutesOfTheApi() throws IOException {
        assertThat(put("[" + route() + "]").get("configured_routes").asInt()).isEqualTo(1);
        get("/shop/a", _ -> {}).expectStatus().isOk();
        get("/filed/a", _ -> {}).expectStatus().isOk();

        assertRefused(route().replace("\"shop\"", "\"filed\""), "routes[0].id");
        assertRefused(route().replace("/shop/**", "/filed/**"), "routes[0].paths[0]");

        write("routes: []");
        awaitStatus("/filed/a", 404);
        get("/shop/a", _ -> {}).expectStatus().isOk();
    }

    private void assertRefused(String route, String field) {
        putAll("[" + route + "]")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void keepsItsLastRoutesWhileItIsWrong(CapturedOutput output) throws IOException {
        write(yaml("/api/v1/filed"));
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(output.getAll()).contains("routes.yml can't be used", "routes[0].paths[0]"));
        get("/filed/a", _ -> {}).expectStatus().isOk();

        write(yaml("/right/**"));
        awaitStatus("/right/a", 200);
    }

    @Test
    void takesEffectOnceNoRouteOfTheApiIsInItsWay(CapturedOutput output) throws IOException {
        put("[" + route() + "]");
        write(yaml("/shop/**"));
        await().atMost(LONG).untilAsserted(() -> assertThat(output.getAll()).contains("overlaps with /shop/**"));
        get("/filed/a", _ -> {}).expectStatus().isOk();

        put("[]");

        awaitStatus("/shop/a", 200);
        get("/filed/a", _ -> {}).expectStatus().isNotFound();
    }

    /** The gateway does not start with such a file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes: [",
                "routes: {}",
                "routes: [{id: shop}]",
                "rules: []",
                "routes: []\nroutes: []",
                "routes: !!java.util.ArrayList []",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1:1/\"]]]]",
            })
    void isRefusedAtTheStart(String content) throws IOException {
        assertRefused(content);
    }

    @Test
    void isRefusedIfItIsLargerThan1Mb() throws IOException {
        assertRefused("#".repeat(1024 * 1024) + "\nroutes: []");
        assertThatThrownBy(() -> reader(folder.resolve("missing.yml")).readFirst())
                .isInstanceOf(IllegalStateException.class);
    }

    private void assertRefused(String content) throws IOException {
        Path other = folder.resolve("other.yml");
        Files.writeString(other, content);

        assertThatThrownBy(() -> reader(other).readFirst())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("frontdesk.gateway.routes.file", other.toString());
        get("/filed/a", _ -> {}).expectStatus().isOk();
    }

    private RouteFile reader(Path path) {
        return new RouteFile(path, sources, json, Schedulers.immediate());
    }
}
