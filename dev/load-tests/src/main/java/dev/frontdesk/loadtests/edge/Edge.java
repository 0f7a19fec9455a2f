package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what a request costs in each process, section by section, and prints the medians of the rounds. Exits with 1
 * if a response was wrong or the figures are not those of the processes as shipped.
 */
public final class Edge {

    private Edge() {}

    /** @param arguments the repository, a folder for data and logs, sections and options */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(2, arguments.length));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        var machine = new Machine();
        System.out.println(
                machine.pins()
                        ? "The measured process has a processor of its own; the load and the stores share another."
                        : "NOT PINNED: without Linux, taskset and two processors, processes disturb each other.");
        var results = new Results();
        for (String section : options.sections()) {
            Path folder = Path.of(arguments[1], section);
            var run = new Section(Path.of(arguments[0]), folder, options, machine, results);
            switch (section) {
                case "gateway" -> GatewaySection.measure(run);
                default -> throw new IllegalStateException(section);
            }
        }
        System.exit(results.report(new Figures(System.out)) ? 0 : 1);
    }
}
