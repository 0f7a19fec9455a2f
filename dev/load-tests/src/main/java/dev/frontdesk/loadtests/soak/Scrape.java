package dev.frontdesk.loadtests.soak;

/** Reads what Prometheus would read. */
final class Scrape {

    private Scrape() {}

    /**
     * The sum of all series of a metric.
     *
     * @param label as it is written, {@code name="value"}; empty for all
     * @return 0 if there is none
     */
    static double sum(String metrics, String name, String label) {
        return metrics.lines()
                .filter(line -> isOf(line, name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean isOf(String line, String name) {
        return line.startsWith(name) && (line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' ');
    }
}
