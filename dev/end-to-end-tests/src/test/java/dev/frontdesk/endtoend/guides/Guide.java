package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of docs/guides, whose code tests run as it stands there. */
record Guide(String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\n(.*?)^ *```$");

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
        var section = new StringJoiner("\n");
        int level = 0;
        boolean code = false;
        for (String line : text.split("\n", -1)) {
            code ^= line.strip().startsWith("```");
            // A line of code may begin like a heading.
            int depth =
                    code ? 0 : line.length() - line.replaceFirst("^#+ ", " ").length();
            if (depth > 0 && depth <= level) {
                break;
            }
            if (level > 0) {
                section.add(line);
            } else if (depth > 0 && line.substring(depth + 1).equals(heading)) {
                level = depth;
            }
        }
        assertThat(level).as("heading " + heading).isPositive();
        return new Guide(section.toString());
    }

    /** Blocks of code in this language, in the page's order. */
    List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(Guide::code)
                .toList();
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
