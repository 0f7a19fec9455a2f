package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/glossary.md: everything in its last column exists. */
class GlossaryTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<String> sources = Stream.of(
                    "shared-contracts",
                    "service-kit",
                    "registration-service",
                    "session-service",
                    "notification-service",
                    "cache-service",
                    "gateway")
            .map(module -> Repository.ROOT.resolve(module).resolve("src/main/java/dev/frontdesk"))
            .flatMap(folder -> Repository.filesIn(folder).stream())
            .map(Path::toString)
            .toList();

    @Test
    void namesTypesAndPackagesThatAreThere() {
        var missing = Repository.text("docs/glossary.md")
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| "))
                .flatMap(cells -> CODE.matcher(cells[cells.length - 1]).results())
                .map(code -> code.group(1))
                .filter(name -> !isThere(name))
                .toList();

        assertThat(missing).isEmpty();
    }

    private boolean isThere(String name) {
        String part = Character.isUpperCase(name.charAt(0))
                ? "/" + name + ".java"
                : "/dev/frontdesk/" + name.replace('.', '/') + "/package-info.java";
        return sources.stream().anyMatch(source -> source.endsWith(part));
    }
}
