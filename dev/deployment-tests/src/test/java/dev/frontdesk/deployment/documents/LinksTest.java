package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between files of the repository: in Markdown, and to documents from code, poms, scripts and manifests. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?s)```.*?```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern DOCUMENT = Pattern.compile("\\bdocs/[\\w./-]+\\.(?:md|yaml)\\b");
    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules", ".idea");
    private static final Set<String> READ =
            Set.of("md", "java", "xml", "yml", "yaml", "sh", "sql", "lua", "properties");

    @Test
    void ofDocumentsLeadToAFileAndAHeading() {
        var broken = files("md")
                .flatMap(document -> LINK.matcher(
                                CODE_BLOCK.matcher(Repository.text(document)).replaceAll(""))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.matches("[a-z]+:.*"))
                        .filter(link -> !leadsSomewhere(document, link))
                        .map(link -> document + ": " + link))
                .toList();

        assertThat(broken).isEmpty();
    }

    @Test
    void namesOfDocumentsAreTheirNames() {
        var wrong = READ.stream()
                .flatMap(LinksTest::files)
                .flatMap(file -> DOCUMENT.matcher(Repository.text(file))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !Files.exists(Repository.ROOT.resolve(name)))
                        .map(name -> file + ": " + name))
                .toList();

        assertThat(wrong).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /** The same anchors as in rendered Markdown. */
    private static Set<String> headings(Path document) {
        return HEADING.matcher(CODE_BLOCK.matcher(Repository.text(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> files(String extension) {
        return files(Repository.ROOT).stream().filter(file -> file.toString().endsWith("." + extension));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !SKIPPED.contains(entry.getFileName().toString()))
                    .flatMap(entry -> Files.isDirectory(entry) ? files(entry).stream() : Stream.of(entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
