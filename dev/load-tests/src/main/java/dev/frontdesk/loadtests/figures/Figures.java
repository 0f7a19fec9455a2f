package dev.frontdesk.loadtests.figures;

import java.io.PrintStream;

/** Prints {@code FIGURE name value unit ratio}; the ratio is to the baseline of the same run. */
public final class Figures {

    private final PrintStream out;

    public Figures(PrintStream out) {
        this.out = out;
    }

    public void figure(String name, double value, String unit, double baseline) {
        out.println(Figure.of(name, value, unit, baseline));
    }

    public void figure(String name, double value, String unit) {
        figure(name, value, unit, 0);
    }
}
