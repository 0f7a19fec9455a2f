package dev.frontdesk.endtoend.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemReason;
import dev.frontdesk.contracts.http.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} lists exactly the problems that services return. */
class ProblemsDocumentTest {

    /** The cells of a row that begins with a name in code. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_-]+)` \\| ([^|]+) \\|(.+)\\|$");

    @Test
    void hasEachTypeWithItsStatus() throws IOException {
        assertThat(rows("# Problems").map(it -> it.get(0) + " " + it.get(1)))
                .containsExactlyElementsOf(Stream.of(ProblemType.values())
                        .map(it -> nameOf(it) + " " + it.status())
                        .toList());
    }

    @Test
    void hasEachReason() throws IOException {
        var reasons = Stream.of(ProblemReason.values())
                .filter(it -> it.type().status() == 429)
                .map(it -> it.text() + " `" + nameOf(it.type()) + "`")
                .toList();

        assertThat(rows("## Reasons of a 429").map(it -> it.get(0) + " " + it.get(1)))
                .containsExactlyElementsOf(reasons);
        assertThat(rows("## Reasons of a 401").map(List::getFirst))
                .containsExactlyElementsOf(Stream.of(ProblemReason.values())
                        .filter(it -> it.type().status() == 401)
                        .map(ProblemReason::text)
                        .toList());
    }

    private static String nameOf(ProblemType type) {
        String path = type.uri().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The rows of the table below a heading. */
    private static Stream<List<String>> rows(String heading) throws IOException {
        String text = Files.readString(Documents.named("problems.md"));
        String section = text.substring(text.indexOf(heading + "\n") + heading.length());
        int next = section.indexOf("\n#");
        return ROW.matcher(next < 0 ? section : section.substring(0, next))
                .results()
                .map(it -> List.of(it.group(1), it.group(2)))
                // The header of a table whose first column is a name in code.
                .filter(it -> !it.getFirst().equals("reason"));
    }
}
