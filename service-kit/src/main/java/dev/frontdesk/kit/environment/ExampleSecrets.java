package dev.frontdesk.kit.environment;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Tells what was copied from a manual or typed from what was drawn at random. A random key of 32 bytes is taken for an
 * example less than once in a million.
 */
final class ExampleSecrets {

    /** None is shorter than six letters: random text holds shorter words by chance. */
    private static final List<String> WORDS = List.of(
            "changeme",
            "change2me",
            "replace",
            "example",
            "secret",
            "password",
            "passwort",
            "placeholder",
            "default",
            "sample",
            "insecure",
            "frontdesk");

    /** Of 32 random bytes about 30 differ. */
    private static final int DIFFERENT_BYTES = 17;

    /** Of 16 random hexadecimal digits about 10 differ. */
    private static final int DIFFERENT_CHARACTERS = 6;

    /** Steps from one to the next; a rising or falling row has one. */
    private static final int DIFFERENT_STEPS = 5;

    private ExampleSecrets() {}

    static boolean isExample(byte[] key) {
        int[] bytes = new int[key.length];
        for (int i = 0; i < key.length; i++) {
            bytes[i] = key[i] & 0xff;
        }
        return different(bytes) < DIFFERENT_BYTES || isPattern(bytes) || isText(key);
    }

    static boolean isExample(String text) {
        int[] characters = text.chars().toArray();
        return isPlaceholder(text) || different(characters) < DIFFERENT_CHARACTERS || isPattern(characters);
    }

    private static boolean isPlaceholder(String text) {
        String letters = lettersOf(text);
        return text.contains("${")
                || text.matches(".*[<{].*[>}].*")
                || WORDS.stream().anyMatch(word -> letters.contains(lettersOf(word)));
    }

    /** In any spelling: {@code Change-Me}, {@code CHANGE_ME}, {@code p4ssw0rd}. */
    private static String lettersOf(String text) {
        var letters = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '0' -> letters.append('o');
                case '1', '!' -> letters.append('i');
                case '3' -> letters.append('e');
                case '4', '@' -> letters.append('a');
                case '5', '$' -> letters.append('s');
                case '7' -> letters.append('t');
                default -> {
                    if (Character.isLetterOrDigit(c)) {
                        letters.append(c);
                    }
                }
            }
        }
        return letters.toString();
    }

    /** A piece that is repeated at least twice, or steps that are few. */
    private static boolean isPattern(int[] values) {
        for (int period = 1; period <= values.length / 2; period++) {
            if (repeats(values, period)) {
                return true;
            }
        }
        int[] steps = new int[Math.max(0, values.length - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = values[i + 1] - values[i];
        }
        return different(steps) < DIFFERENT_STEPS;
    }

    private static boolean repeats(int[] values, int period) {
        for (int i = period; i < values.length; i++) {
            if (values[i] != values[i - period]) {
                return false;
            }
        }
        return true;
    }

    private static int different(int[] values) {
        var seen = new HashSet<Integer>();
        for (int value : values) {
            seen.add(value);
        }
        return seen.size();
    }

    /** Words that somebody typed; 32 random bytes are next to never UTF-8. */
    private static boolean isText(byte[] key) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key));
            return true;
        } catch (CharacterCodingException random) {
            return false;
        }
    }
}
