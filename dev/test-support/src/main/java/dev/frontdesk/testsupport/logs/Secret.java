package dev.frontdesk.testsupport.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text that must not be seen, as it is or as it stands in a URL or a form. */
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

    /** A code of digits alone may stand inside a longer number, a trace id for example, by chance. */
    private static Pattern pattern(String form) {
        var digits = form.chars().allMatch(Character::isDigit);
        var quoted = Pattern.quote(form);
        return Pattern.compile(digits ? "(?<![0-9A-Za-z])" + quoted + "(?![0-9A-Za-z])" : quoted);
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "Secret[" + text.length() + " letters]";
    }
}
