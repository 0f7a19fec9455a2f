package dev.frontdesk.testsupport.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text that must not appear, as it is or encoded in a URL or a form. */
record Secret(String text) {

    private static final int SHORTEST = 4;

    Secret {
        if (text.strip().length() < SHORTEST) {
            throw new IllegalArgumentException("A secret of fewer than " + SHORTEST + " letters is found everywhere");
        }
    }

    boolean isIn(String line) {
        return forms().stream().anyMatch(form -> form.matcher(line).find());
    }

    private List<Pattern> forms() {
        return Stream.of(text, URLEncoder.encode(text, UTF_8))
                .distinct()
                .map(Secret::pattern)
                .toList();
    }

    /** A code of digits may be part of a longer number by chance, for example of a trace id. */
    private static Pattern pattern(String form) {
        var digits = form.chars().allMatch(Character::isDigit);
        var quoted = Pattern.quote(form);
        return Pattern.compile(digits ? "(?<![0-9A-Za-z])" + quoted + "(?![0-9A-Za-z])" : quoted);
    }

    /** Does not reveal the secret. */
    @Override
    public String toString() {
        return "Secret[" + text.length() + " letters]";
    }
}
