package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.localstack.parts.Part;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Jobs that are added and processed by one process, as a library; and mails. */
final class InProcess {

    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final String MAILS_WITHOUT_JOBS = "mails_without_jobs";

    private final Medians ours = new Medians();
    private final Medians theirs = new Medians();

    /** @param scripts the folder with BullMQ and the scripts that use it */
    void measure(Path repository, Path folder, Path scripts) throws InterruptedException {
        System.out.println("Starting PostgreSQL, Redis, Kafka and a mail server …");
        var plan = new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA, Part.SMTP), List.of(), List.of(), Map.of(), Map.of());
        try (var installation = Installation.start(repository, folder, plan);
                var frontdesk = Peer.start(
                        folder.resolve("frontdesk.log"), installation.environmentOf(Part.NOTIFICATION), java());
                var bullmq =
                        Peer.start(folder.resolve("bullmq.log"), Map.of(), JobLoad.bullmq(scripts, installation))) {
            warmUp(frontdesk);
            bullmq.round("");
            for (int round = 1; round <= ROUNDS; round++) {
                ours.add(frontdesk.round(""));
                Map<String, Double> theirRound = bullmq.round("");
                theirs.add(theirRound);
                double processed = Objects.requireNonNull(theirRound.get("processed_5"));
                ours.add(frontdesk.round("due " + processed / 2));
                System.out.printf("Round %d of %d: %s; BullMQ %s%n", round, ROUNDS, ours.last(), theirs.last());
            }
            report();
        }
    }

    /** All phases, again and again: the second compiler needs about that long. */
    private static void warmUp(Peer frontdesk) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < WARM_UP.toNanos()) {
            System.out.println("Warming up: " + frontdesk.round(""));
        }
    }

    /** With the heap and the thresholds of a service in its image. */
    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:Tier4InvocationThreshold=5000",
                "-XX:Tier4CompileThreshold=15000",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classpath(),
                FrontdeskJobs.class.getName(),
                JobLoad.JOBS,
                Integer.toString(JobLoad.ADDERS));
    }

    /** Without the other service, whose settings and migrations have the same names. */
    private static String classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("registration-service"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void report() {
        var figures = new Figures(System.out);
        for (String name : ours.names()) {
            String unit = name.startsWith("due") ? "ms" : "1/s";
            if (name.startsWith(Rounds.SAME_RATE)) {
                String theirName = name.replace(Rounds.SAME_RATE, "due_to_start_");
                figures.figure(name, ours.of(name), unit, theirs.of(theirName));
            } else if (theirs.has(name)) {
                figures.figure("bullmq_" + name, theirs.of(name), unit);
                figures.figure(name, ours.of(name), unit, theirs.of(name));
            } else if (name.equals("mails")) {
                figures.figure(name, ours.of(name), unit, ours.of(MAILS_WITHOUT_JOBS));
            } else {
                figures.figure(name, ours.of(name), unit);
            }
        }
    }
}
