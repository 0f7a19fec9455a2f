package dev.frontdesk.notification.reports;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe in front: names are chosen by
 * whoever signs up, and read by administrators.
 */
final class Csv {

    private static final Pattern FORMULA = Pattern.compile("^[\\s]*[=+\\-@].*", Pattern.DOTALL);
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    private final StringBuilder text = new StringBuilder();
    private int lines;

    Csv(List<String> columns) {
        text.append(String.join(",", columns)).append("\r\n");
    }

    void line(List<? extends @Nullable String> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
        lines++;
    }

    /** Without the one that names the columns. */
    int lines() {
        return lines;
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String harmless = FORMULA.matcher(value).matches() ? "'" + value : value;
        return SPECIAL.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
