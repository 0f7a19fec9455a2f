package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.names.NameRule;
import dev.frontdesk.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of keys as Redis has it: {@code *} is any text, {@code ?} one character, {@code [a-z]} one of these, {@code [^a-z]} one of
 * the others, and a backslash makes the next character an ordinary one. It matches whole keys. The time that a match takes is at
 * most the product of both lengths.
 */
public final class GlobPattern {

    private static final int BYTES = 512;

    private final List<Part> parts;

    private GlobPattern(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {

        boolean matches(int character);

        /** Any text, also none. */
        record AnyText() implements Part {
            @Override
            public boolean matches(int character) {
                return true;
            }
        }

        record AnyCharacter() implements Part {
            @Override
            public boolean matches(int character) {
                return true;
            }
        }

        record One(int expected) implements Part {
            @Override
            public boolean matches(int character) {
                return character == expected;
            }
        }

        record OneOf(boolean negated, List<Range> ranges) implements Part {
            @Override
            public boolean matches(int character) {
                return negated != ranges.stream().anyMatch(range -> range.has(character));
            }
        }

        record Range(int from, int to) {

            boolean has(int character) {
                return from <= character && character <= to;
            }
        }
    }

    /** @throws ProblemException 400 for a pattern that is empty, too long, or ends inside a bracket or after a backslash */
    public static GlobPattern of(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > BYTES || text.codePoints().anyMatch(NameRule::isUnreadable)) {
            throw refused("must be 1 to " + BYTES + " bytes of UTF-8 without control characters");
        }
        return new GlobPattern(new Reader(text.codePoints().toArray()).read());
    }

    /**
     * Goes back to the last star only: where it matches with an earlier star longer, it also does with the last one longer.
     */
    boolean matches(String key) {
        int[] characters = key.codePoints().toArray();
        int part = 0;
        int at = 0;
        int afterStar = -1;
        int retryAt = 0;
        while (at < characters.length) {
            if (part < parts.size() && parts.get(part) instanceof Part.AnyText) {
                afterStar = ++part;
                retryAt = at;
            } else if (part < parts.size() && parts.get(part).matches(characters[at])) {
                part++;
                at++;
            } else if (afterStar >= 0) {
                part = afterStar;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        return parts.subList(part, parts.size()).stream().allMatch(Part.AnyText.class::isInstance);
    }

    private static ProblemException refused(String message) {
        return ProblemException.invalid("pattern", message);
    }

    private static final class Reader {

        private final int[] pattern;
        private int at;

        private Reader(int[] pattern) {
            this.pattern = pattern;
        }

        private List<Part> read() {
            var parts = new ArrayList<Part>();
            while (at < pattern.length) {
                int character = pattern[at++];
                switch (character) {
                    case '*' -> parts.add(new Part.AnyText());
                    case '?' -> parts.add(new Part.AnyCharacter());
                    case '[' -> parts.add(readBracket());
                    case '\\' -> parts.add(new Part.One(next("must have a character after each backslash")));
                    default -> parts.add(new Part.One(character));
                }
            }
            return parts;
        }

        private Part readBracket() {
            boolean negated = at < pattern.length && pattern[at] == '^';
            at += negated ? 1 : 0;
            var ranges = new ArrayList<Part.Range>();
            while (true) {
                int from = next("must close each [ with a ]");
                if (from == ']') {
                    return new Part.OneOf(negated, List.copyOf(ranges));
                }
                from = from == '\\' ? next("must have a character after each backslash") : from;
                int to = from;
                if (at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
                    at++;
                    to = next("must close each [ with a ]");
                    to = to == '\\' ? next("must have a character after each backslash") : to;
                }
                ranges.add(new Part.Range(Math.min(from, to), Math.max(from, to)));
            }
        }

        private int next(String otherwise) {
            if (at == pattern.length) {
                throw refused(otherwise);
            }
            return pattern[at++];
        }
    }
}
