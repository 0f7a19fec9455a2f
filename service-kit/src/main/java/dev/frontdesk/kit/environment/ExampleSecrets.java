package dev.frontdesk.kit.environment;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Distinguishes secrets that were copied from a manual or typed from secrets that were generated at random. Fewer than
 * one in a million random keys of 32 bytes are mistaken for an example.
 */
final class ExampleSecrets {

    /** None is shorter than six letters, because random text contains shorter words by chance. */
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

    /** Minimum number of different bytes; 32 random bytes have about 30. */
    private static final int DIFFERENT_BYTES = 17;

    /** Minimum number of different characters; 16 random hexadecimal digits have about 10. */
    private static final int DIFFERENT_CHARACTERS = 6;

    /** Minimum number of different steps between neighbours; a rising or falling sequence has one. */
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

    /** Normalises spellings such as {@code Change-Me}, {@code CHANGE_ME}, {@code p4ssw0rd}. */
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

    /** A sequence that is repeated at least twice, or few different steps. */
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

    /** Text that a person typed; 32 random bytes are almost never valid UTF-8. */
    private static boolean isText(byte[] key) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key));
            return true;
        } catch (CharacterCodingException random) {
            return false;
        }
    }
}
