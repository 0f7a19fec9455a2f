package dev.frontdesk.deployment.documents;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of metrics in docs/runbook.md: exactly those of the services. */
class MetricsDocumentTest {

    private static final Pattern IN_CODE = Pattern.compile("\"(frontdesk\\.[a-z.]+)\"");
    private static final Pattern IN_THE_DOCUMENT = Pattern.compile("`(frontdesk\\.[a-z.]+)`");

    @Test
    void namesTheMetricsThatAreThere() {
        var code = Stream.of(
                        "service-kit",
                        "gateway",
                        "registration-service",
                        "session-service",
                        "notification-service",
                        "cache-service")
                .map(module -> Repository.ROOT.resolve(module).resolve("src/main/java"))
                .flatMap(folder -> Repository.filesIn(folder).stream())
                .map(Repository::text)
                .filter(text -> text.contains("import io.micrometer.core.instrument."))
                .flatMap(text -> IN_CODE.matcher(text).results());
        var document = Repository.text("docs/runbook.md")
                .lines()
                .filter(line -> line.startsWith("| `frontdesk."))
                .map(line -> line.split(" \\| ")[0])
                .flatMap(cell -> IN_THE_DOCUMENT.matcher(cell).results());

        assertThat(names(document)).isEqualTo(names(code));
    }

    private static Set<String> names(Stream<MatchResult> found) {
        return found.map(it -> it.group(1)).collect(toCollection(TreeSet::new));
    }
}
