package dev.frontdesk.loadtests.soak;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Target;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.machine.ContainerLimit;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.traffic.Phase;
import dev.frontdesk.loadtests.traffic.Traffic;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * All services with the JVM options and the memory of their containers, at half of what they can process, for half an
 * hour. Exits with 1 if a response was wrong or if what a service uses has grown from the first third to the last.
 */
public final class Soak {

    private static final int VISITORS = 16;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration HURRY = Duration.ofSeconds(30);
    private static final Duration SAMPLES = Duration.ofSeconds(10);
    private static final int SAMPLES_PER_HEAP = 12;
    private static final double SHARE = 0.5;

    private final Path folder;
    private final Installation installation;
    private final Duration time;
    private final Phase phase = new Phase();

    private Soak(Path folder, Installation installation, Duration time) {
        this.folder = folder;
        this.installation = installation;
        this.time = time;
    }

    /** @param arguments the repository, a folder for data and logs, and the minutes; 30 by default */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        Duration time = Duration.ofMinutes(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30);
        Files.createDirectories(folder);
        System.out.println("Starting the stores, a mail server and all services …");
        boolean right;
        try (var installation =
                Installation.start(repository, folder.resolve("installation"), plan(repository, folder))) {
            right = new Soak(folder, installation, time).run();
        }
        System.exit(right ? 0 : 1);
    }

    private static Plan plan(Path repository, Path folder) {
        var settings = new HashMap<>(RaisedLimits.VARIABLES);
        for (Part service : Part.services()) {
            var options = new ArrayList<String>();
            options.add(Installation.OPTIMISED_AS_USUAL);
            options.addAll(JavaProgram.optionsOfImages(repository, ContainerLimit.of(repository, service.module())));
            options.add(Pauses.logTo(gcLog(folder, service)));
            settings.put(service.name() + "_JAVA_OPTS", String.join(" ", options));
        }
        return new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA, Part.SMTP),
                Part.services(),
                List.of(),
                Map.of(),
                settings);
    }

    private static Path gcLog(Path folder, Part service) {
        return folder.resolve("gc-" + service.title() + ".log");
    }

    private boolean run() throws IOException {
        var frontdesk = new Frontdesk(new Target(
                installation.url(Part.GATEWAY), installation.inboxUrl(), installation.secret(Secrets.OPERATOR_KEY)));
        System.out.println("Signing up");
        Traffic traffic = Traffic.prepare(frontdesk, phase).blockOptional().orElseThrow();
        traffic.prepareLongJourneys().block();
        System.out.println("Warming up, and measuring what the services can process");
        Tally warming = phase.begin();
        traffic.hurry(VISITORS, WARM_UP).block();
        double capacity = traffic.hurry(VISITORS, HURRY).blockOptional().orElseThrow();
        System.out.printf("%.1f times the usual pace; half of that for %d minutes%n", capacity, time.toMinutes());
        List<Usage> usages = Part.services().stream()
                .map(it -> Usage.of(installation, it, gcLog(folder, it)))
                .toList();
        Tally tally = phase.begin();
        try {
            traffic.startAll(capacity * SHARE);
            watch(usages, tally);
            traffic.stop().block();
            return report(usages, capacity, warming, tally);
        } finally {
            usages.forEach(Usage::close);
        }
    }

    private void watch(List<Usage> usages, Tally tally) throws IOException {
        long begin = System.nanoTime();
        Duration at = Duration.ZERO;
        for (int number = 0; at.compareTo(time) < 0; number++) {
            for (Usage usage : usages) {
                usage.sample(at);
                if (number % SAMPLES_PER_HEAP == 0) {
                    usage.sampleHeap(at);
                }
            }
            if (number % SAMPLES_PER_HEAP == 0) {
                System.out.printf("%d min: %d journeys, %d failed%n", at.toMinutes(), tally.asked(), tally.failed());
            }
            Duration next = SAMPLES.multipliedBy(number + 1L);
            Mono.delay(next.minusNanos(System.nanoTime() - begin)).block();
            at = Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    private boolean report(List<Usage> usages, double capacity, Tally warming, Tally tally) {
        warming.failures()
                .forEach((what, count) -> System.out.printf("FAILED in the warm-up %d times: %s%n", count, what));
        tally.failures().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
        var figures = new Figures(System.out);
        figures.figure("capacity", capacity, "paces");
        figures.figure("journeys", tally.asked(), "journeys");
        figures.figure("failed", tally.failed(), "journeys");
        figures.figure("journey_p50", tally.millis(0.5), "ms");
        figures.figure("journey_p99", tally.millis(0.99), "ms");
        boolean grows = false;
        for (Usage usage : usages) {
            for (var entry : usage.thirds(time).entrySet()) {
                double first = entry.getValue()[0];
                double last = entry.getValue()[1];
                String name = usage.service().title() + "_" + entry.getKey().title();
                figures.figure(name, last, entry.getKey().unit(), first);
                if (entry.getKey().grows(first, last)) {
                    grows = true;
                    System.out.printf("GROWS %s: from %.0f to %.0f%n", name, first, last);
                }
            }
            figures.figure(usage.service().title() + "_resident_highest", usage.highest(Resource.RESIDENT), "MB");
            figures.figure(usage.service().title() + "_longest_pause", usage.longestPause(), "ms");
        }
        return !grows && tally.failed() == 0;
    }
}
