package dev.frontdesk.loadtests.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figures of an earlier run, in a text file of the repository: a line that names the date and the machine, and a line per
 * figure, as it was printed, followed by the spread of its rounds in percent.
 *
 * @param origin date and machine
 */
public record KeptFigures(String origin, Map<String, Figure> figures) {

    /** Smaller changes are never reported: two runs of the same code differ by as much. */
    private static final double NOISE = 0.05;

    private static final String COMMENT = "# ";

    public static KeptFigures of(String origin, List<Figure> figures) {
        var byName = new LinkedHashMap<String, Figure>();
        figures.forEach(figure -> byName.put(figure.name(), figure));
        return new KeptFigures(origin, byName);
    }

    /** Empty if there is no such file. */
    public static KeptFigures read(Path file) {
        var origin = "nothing";
        var figures = new ArrayList<Figure>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                if (line.startsWith(COMMENT)) {
                    origin = line.substring(COMMENT.length());
                } else if (!line.isBlank()) {
                    figures.add(parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(origin, figures);
    }

    private static Figure parse(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 6 || !parts[0].equals("FIGURE")) {
            throw new IllegalArgumentException("Not a kept figure: " + line);
        }
        return new Figure(
                parts[1],
                Double.parseDouble(parts[2]),
                parts[3],
                parts[4].equals("-") ? Double.NaN : Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5].replace("%", "")) / 100);
    }

    public void write(Path file) {
        var lines = new ArrayList<String>();
        lines.add(COMMENT + origin);
        figures.values()
                .forEach(figure -> lines.add(String.format(Locale.ROOT, "%s %.1f%%", figure, 100 * figure.spread())));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return a line for each new figure: name, old and new value, change in percent, and a mark if the change is larger
     *     than the rounds of either run differed
     */
    public List<String> compare(List<Figure> newer) {
        return newer.stream().map(this::compare).toList();
    }

    private String compare(Figure newer) {
        Figure old = figures.get(newer.name());
        if (old == null) {
            return String.format(Locale.ROOT, "%-42s %12s %12s", newer.name(), "-", Figure.number(newer.value()));
        }
        double change = newer.value() / old.value() - 1;
        double noise = Math.max(NOISE, Math.max(old.spread(), newer.spread()));
        boolean counts = old.value() != newer.value() && !(Math.abs(change) <= noise);
        return String.format(
                Locale.ROOT,
                "%-42s %12s %12s %+8.1f %% %s",
                newer.name(),
                Figure.number(old.value()),
                Figure.number(newer.value()),
                100 * (old.value() == newer.value() ? 0 : change),
                counts ? "*" : "");
    }
}
