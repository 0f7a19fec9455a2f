package dev.frontdesk.notification.reports;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe in front: some of it was chosen by
 * strangers, and administrators read it. That is also so behind a semicolon, a tab and the end of a line inside of a cell:
 * where a country's list separator is another one, a new cell begins there, and the quotes around the whole don't count.
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

    /** Without the one that names the columns. */
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
