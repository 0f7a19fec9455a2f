package dev.frontdesk.notification.reports;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180). Text that a spreadsheet would read as a formula gets an apostrophe in front: strangers chose
 * some of the values, and administrators open the file. The same applies after a semicolon, a tab and a line end inside
 * a cell: where a country uses another list separator, a new cell begins there, and the quotes around the whole have no
 * effect.
 */
final class Csv {

    private static final String BEGINS_A_FORMULA = "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]";
    private static final Pattern FORMULA = Pattern.compile("^[\\s\"]*" + BEGINS_A_FORMULA + ".*", Pattern.DOTALL);
    private static final Pattern FORMULA_INSIDE =
            Pattern.compile("([;\\t\\r\\n])(?=[\\s\"&&[^\\t\\r\\n]]*" + BEGINS_A_FORMULA + ")");
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

    /** The number of lines, without the header line. */
    int lines() {
        return lines;
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String inside = FORMULA_INSIDE.matcher(value).replaceAll("$1'");
        String harmless = FORMULA.matcher(value).matches() ? "'" + inside : inside;
        return SPECIAL.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
