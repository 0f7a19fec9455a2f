package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.KeptFigures;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a request costs in each process, section by section, and prints the medians of the rounds. Exits with 1
 * if a response was wrong or the figures are not those of the processes as shipped.
 */
public final class Edge {

    private final Path repository;
    private final Path folder;
    private final Options options;
    private final Machine machine = new Machine();
    private final Map<String, Results> bySection = new LinkedHashMap<>();

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
        // Started processes end in shutdown hooks, so a failure must end this process although it has other threads.
        boolean right = false;
        try {
            right = new Edge(Path.of(arguments[0]), Path.of(arguments[1]), options).run();
        } catch (RuntimeException failed) {
            failed.printStackTrace();
        }
        System.exit(right ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        System.out.println(
                machine.pins()
                        ? "The measured process has a processor of its own; the load and the stores share another."
                        : "NOT PINNED: without Linux, taskset and two processors, processes disturb each other.");
        for (String section : options.sections()) {
            var results = new Results();
            measure(section, new Section(repository, folder.resolve(section), options, machine, results));
            bySection.put(section, results);
        }
        boolean right = true;
        for (Map.Entry<String, Results> each : bySection.entrySet()) {
            right &= report(each.getKey(), each.getValue());
        }
        return right;
    }

    private static void measure(String name, Section section) throws InterruptedException {
        switch (name) {
            case "gateway" -> GatewaySection.measure(section);
            case "introspection" -> IntrospectionSection.measure(section);
            case "cache" -> CacheSection.measure(section);
            case "sign-ups" -> SignUpSection.measure(section);
            default -> throw new IllegalStateException(name);
        }
    }

    /** @return whether all responses were right and all checks hold */
    private boolean report(String section, Results results) {
        var report = new Report(results);
        report.figures().forEach(System.out::println);
        int failed =
                results.wrong().values().stream().mapToInt(Integer::intValue).sum();
        var figures = new Figures(System.out);
        String name = section.replace('-', '_');
        figures.figure(name + "_disturbed", results.disturbances(), "times");
        figures.figure(name + "_failed", failed, "requests");
        results.wrong().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
        results.failures().forEach(what -> System.out.println("CHECK FAILED: " + what));
        report.printTable();
        if (results.disturbances() > 0) {
            System.out.printf(
                    "NOISY: something disturbed %s %d times; do not trust these figures.%n",
                    section, results.disturbances());
        }
        boolean right = failed == 0 && results.failures().isEmpty();
        compareAndKeep(section, report.figures(), results, right);
        return right;
    }

    private void compareAndKeep(String section, List<Figure> figures, Results results, boolean right) {
        Path file = repository.resolve("dev/load-tests/figures/edge").resolve(section + ".txt");
        if (options.compare()) {
            KeptFigures kept = KeptFigures.read(file);
            System.out.printf("%nCompared with %s; * marks changes beyond the spread of the rounds:%n", kept.origin());
            kept.compare(figures).forEach(System.out::println);
        }
        if (options.keep() && right) {
            String noisy = results.disturbances() > 0 ? "; NOISY, disturbed " + results.disturbances() + " times" : "";
            String origin = LocalDate.now(ZoneOffset.UTC) + ", " + Machine.description() + noisy;
            KeptFigures.of(origin, figures).write(file);
            System.out.println("Kept in " + file);
        }
    }
}
