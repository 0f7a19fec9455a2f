package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/guides/cache.md: its commands, in its order. */
@WithStack
class CacheGuideIT {

    private static final Guide GUIDE = Guide.of("cache");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LocalStack stack;

    @TempDir
    private Path folder;

    CacheGuideIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void itsCommandsDoWhatThePageSays() throws Exception {
        try (var terminal = new Terminal(folder, stack.settings())) {
            terminal.run(block("The key of your application"));
            stack.mustNotTell(terminal.run("echo $CACHE_KEY").strip());

            var settings = lines(terminal.run(block("Namespaces")));
            assertThat(settings).hasSize(3);
            assertThat(JSON.readTree(settings.getFirst()).get("default_ttl_seconds").asInt()).isEqualTo(300);
            assertThat(JSON.readTree(settings.get(1)).get("when_full").asString()).isEqualTo("evict");
            assertThat(JSON.readTree(settings.getLast()).get("near_cache_seconds").asInt()).isEqualTo(5);

            var values = lines(terminal.run(block("Values")));
            assertThat(values.getFirst()).isEqualTo("412");
            JsonNode found = JSON.readTree(values.get(1)).get("entries");
            assertThat(found.get(0).at("/value/price").asInt()).isEqualTo(4);
            assertThat(found.get(1).get("found").asBoolean()).isFalse();
            assertThat(JSON.readTree(values.get(2)).get("ttl_seconds").asInt()).isBetween(500, 600);
            assertThat(JSON.readTree(values.get(3)).get("value").asInt()).isPositive();

            var invalidated = lines(terminal.run(block("Invalidation")));
            assertThat(invalidated.getFirst()).isEqualTo("404");
            assertThat(JSON.readTree(invalidated.get(1)).get("deleted").asInt()).isZero();

            String loaded = terminal.run(block("Read-through"));
            assertThat(loaded)
                    .contains("\"Authorization\":null")
                    .containsIgnoringCase("cache-status: frontdesk; fwd=uri-miss; stored")
                    .contains("\"stock\":12")
                    .containsPattern("(?i)cache-status: frontdesk; hit; ttl=\\d+\r?\n");
        }
    }

    private static String block(String section) {
        return GUIDE.section(section).block("bash");
    }

    private static List<String> lines(String printed) {
        return printed.lines().filter(line -> !line.isBlank()).toList();
    }
}
