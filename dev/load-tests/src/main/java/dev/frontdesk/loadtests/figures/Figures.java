package dev.frontdesk.loadtests.figures;

import java.io.PrintStream;
import java.util.Locale;

/** Prints {@code FIGURE name value unit ratio}; the ratio is to the baseline of the same run. */
public final class Figures {

    private final PrintStream out;

    public Figures(PrintStream out) {
        this.out = out;
    }

    public void figure(String name, double value, String unit, double baseline) {
        String ratio = baseline == 0 ? "-" : String.format(Locale.ROOT, "%.2f", value / baseline);
        out.printf(Locale.ROOT, "FIGURE %s %s %s %s%n", name, number(value), unit, ratio);
    }

    public void figure(String name, double value, String unit) {
        figure(name, value, unit, 0);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
