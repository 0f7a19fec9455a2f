package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.KeptFigures;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what a request costs in each process, section by section, and prints the medians of the rounds. Exits with 1
 * if a response was wrong or the figures are not those of the processes as shipped.
 */
public final class Edge {

    private final Path repository;
    private final Path folder;
    private final Options options;
    private final Machine machine = new Machine();

    private Edge(Path repository, Path folder, Options options) {
        this.repository = repository;
        this.folder = folder;
        this.options = options;
    }

    /** @param arguments the repository, a folder for data and logs, sections and options */
    public static void main(String[] arguments) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(2, arguments.length));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Edge(Path.of(arguments[0]), Path.of(arguments[1]), options).run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        System.out.println(
                machine.pins()
                        ? "The measured process has a processor of its own; the load and the stores share another."
                        : "NOT PINNED: without Linux, taskset and two processors, processes disturb each other.");
        boolean right = true;
        var measured = new ArrayList<Section>();
        for (String name : options.sections()) {
            var section = new Section(name, repository, folder.resolve(name), options, machine, new Results());
            try {
                measure(section);
                measured.add(section);
            } catch (RuntimeException failed) {
                failed.printStackTrace();
                right = false;
            }
        }
        for (Section section : measured) {
            right &= report(section);
        }
        return right;
    }

    private static void measure(Section section) throws InterruptedException {
        switch (section.name()) {
            case "gateway" -> GatewaySection.measure(section);
            case "introspection" -> IntrospectionSection.measure(section);
            case "cache" -> CacheSection.measure(section);
            case "cache-gateway" -> CacheGatewaySection.measure(section);
            case "cache-loads" -> CacheLoadSection.measure(section);
            case "streams" -> StreamSection.measure(section);
            case "sign-ups" -> SignUpSection.measure(section);
            default -> throw new IllegalStateException(section.name());
        }
    }

    /** @return whether all responses were right and all checks hold */
    private static boolean report(Section section) {
        Results results = section.results();
        var report = new Report(results);
        report.figures().forEach(System.out::println);
        int failed =
                results.wrong().values().stream().mapToInt(Integer::intValue).sum();
        var figures = new Figures(System.out);
        String name = section.name().replace('-', '_');
        figures.figure(name + "_disturbed", results.disturbances(), "times");
        figures.figure(name + "_failed", failed, "requests");
        results.wrong().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
        results.failures().forEach(what -> System.out.println("CHECK FAILED: " + what));
        report.printTable();
        if (results.disturbances() > 0) {
            System.out.printf(
                    "NOISY: something disturbed %s %d times; do not trust these figures.%n",
                    section.name(), results.disturbances());
        }
        boolean right = failed == 0 && results.failures().isEmpty();
        compareAndKeep(section, report.figures(), right);
        return right;
    }

    private static void compareAndKeep(Section section, List<Figure> figures, boolean right) {
        if (section.options().compare()) {
            KeptFigures kept = KeptFigures.read(section.kept());
            System.out.printf("%nCompared with %s; * marks changes beyond the spread of the rounds:%n", kept.origin());
            kept.compare(figures).forEach(System.out::println);
        }
        if (section.options().keep() && right) {
            int disturbances = section.results().disturbances();
            String noisy = disturbances > 0 ? "; NOISY, disturbed " + disturbances + " times" : "";
            String origin = LocalDate.now(ZoneOffset.UTC) + ", " + Machine.description() + noisy;
            KeptFigures.of(origin, figures).write(section.kept());
            System.out.println("Kept in " + section.kept());
        }
    }
}
