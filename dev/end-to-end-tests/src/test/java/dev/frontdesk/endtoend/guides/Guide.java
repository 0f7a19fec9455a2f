package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of docs/guides, whose code tests run as it stands there. */
record Guide(String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\n(.*?)^ *```$");
    private static final Pattern FILE = Pattern.compile("(?ms)`([^`\n]+)`:\n\n *```\\w+\n(.*?)^ *```$");

    /** @param name of the file, without .md */
    static Guide of(String name) {
        try {
            return new Guide(Files.readString(Path.of("../../docs/guides/" + name + ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part below a heading, to the next one of its level or a higher one. */
    Guide section(String heading) {
        var section = Pattern.compile("(?ms)^(#+) " + Pattern.quote(heading) + "$(.*?)(?=^#{1,2} |^\\1 |\\z)")
                // Comments in code look like headings.
                .matcher(BLOCK.matcher(text)
                        .replaceAll(code -> " ".repeat(code.group().length())));
        assertThat(section.find()).as("heading " + heading).isTrue();
        return new Guide(text.substring(section.start(2), section.end(2)));
    }

    /** Blocks of code in this language, in the page's order. */
    List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(Guide::code)
                .toList();
    }

    /** The files that it shows, by name: blocks below text that ends with the name in backticks and a colon. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        FILE.matcher(text)
                .results()
                .forEach(file -> files.put(file.group(1), file.group(2).stripIndent()));
        return files;
    }

    private static String code(MatchResult block) {
        return block.group(2).stripIndent();
    }

    /** The only block of code in this language. */
    String block(String language) {
        var blocks = blocks(language);
        assertThat(blocks).as(language).hasSize(1);
        return blocks.getFirst();
    }
}
