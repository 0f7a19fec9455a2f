package dev.frontdesk.registration.fuzzing;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Bytes as text, and the rules for every value that is parsed from text. */
final class Input {

    /**
     * Characters that no value may contain: control, format, private use, lone surrogates, line breaks, letters without
     * a glyph.
     */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164\\uFFA0]");

    private Input() {}

    /** With an odd first byte UTF-16, which can hold half a pair; else UTF-8. */
    static String text(byte[] data) {
        boolean halves = data.length > 0 && data[0] % 2 != 0;
        return new String(data, halves ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    }

    /**
     * Fails only with an IllegalArgumentException, and can parse what it has formatted.
     *
     * @param refusals the fixed messages, so that none repeats the text
     * @param visible the value without invisible characters that it may contain
     */
    static <T> void reads(
            String text,
            Function<String, T> read,
            Function<T, String> write,
            Set<String> refusals,
            UnaryOperator<String> visible) {
        T value;
        try {
            value = read.apply(text);
        } catch (IllegalArgumentException refused) {
            hold(refusals.contains(refused.getMessage()), "refuses in its own words");
            return;
        }
        String written = write.apply(value);
        hold(value.equals(read.apply(written)), "is the same a second time");
        hold(!HIDDEN.matcher(visible.apply(written)).find(), "hides nothing");
        hold(Normalizer.isNormalized(written, Normalizer.Form.NFC), "is in normal form");
    }

    static void hold(boolean invariant, String name) {
        if (!invariant) {
            throw new AssertionError(name);
        }
    }
}
