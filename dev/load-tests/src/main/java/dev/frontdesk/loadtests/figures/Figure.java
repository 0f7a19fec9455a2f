package dev.frontdesk.loadtests.figures;

import java.util.Locale;

/**
 * One measured value.
 *
 * @param ratio to the baseline of the same run; not a number if there is none
 * @param spread difference between the highest and the lowest round, as a share of the value; 0 with one round
 */
public record Figure(String name, double value, String unit, double ratio, double spread) {

    /** @param baseline 0 if there is none */
    public static Figure of(String name, double value, String unit, double baseline) {
        return new Figure(name, value, unit, baseline == 0 ? Double.NaN : value / baseline, 0);
    }

    /** @param ofBaseline not a number if there is no baseline */
    public Figure withRatio(double ofBaseline) {
        return new Figure(name, value, unit, ofBaseline, spread);
    }

    public Figure withSpread(double share) {
        return new Figure(name, value, unit, ratio, share);
    }

    /** {@code FIGURE name value unit ratio}. */
    @Override
    public String toString() {
        String ofBaseline = Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
        return "FIGURE " + name + " " + number(value) + " " + unit + " " + ofBaseline;
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
