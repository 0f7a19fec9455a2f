package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.localstack.parts.Part;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Alternating rounds of jobs with Frontdesk and BullMQ, on the same machine. Prints the medians. */
public final class JobLoad {

    private static final int ROUNDS = 3;
    private static final String JOBS = "20000";
    private static final String ADDERS = "16";

    private JobLoad() {}

    /** @param arguments the repository, a folder for data and logs, and the folder of the baseline's script */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        System.out.println("Starting PostgreSQL, Redis, Kafka and a mail server …");
        var plan = new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA, Part.SMTP), List.of(), List.of(), Map.of(), Map.of());
        Path folder = Path.of(arguments[1]);
        try (var installation = Installation.start(Path.of(arguments[0]), folder, plan)) {
            Process frontdesk =
                    start(folder.resolve("frontdesk.log"), installation.environmentOf(Part.NOTIFICATION), java());
            Process bullmq = start(
                    folder.resolve("bullmq.log"),
                    Map.of(),
                    List.of("node", arguments[2] + "/baseline.mjs", installation.redisUrl(), JOBS, ADDERS));
            try {
                run(frontdesk, bullmq);
            } finally {
                frontdesk.destroy();
                bullmq.destroy();
                frontdesk.waitFor();
            }
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
                JOBS,
                ADDERS);
    }

    /** Without the other service, whose settings and migrations have the same names. */
    private static String classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("registration-service"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Process start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void run(Process frontdesk, Process bullmq) throws IOException {
        try (var fromFrontdesk = frontdesk.inputReader(StandardCharsets.UTF_8);
                var fromBullmq = bullmq.inputReader(StandardCharsets.UTF_8);
                var toFrontdesk = frontdesk.getOutputStream();
                var toBullmq = bullmq.getOutputStream()) {
            System.out.println("Warming up");
            round(toFrontdesk, fromFrontdesk);
            round(toBullmq, fromBullmq);
            var ours = new LinkedHashMap<String, List<Double>>();
            var theirs = new LinkedHashMap<String, List<Double>>();
            for (int round = 1; round <= ROUNDS; round++) {
                collect(ours, round(toFrontdesk, fromFrontdesk));
                collect(theirs, round(toBullmq, fromBullmq));
                System.out.printf("Round %d of %d: %s; BullMQ %s%n", round, ROUNDS, last(ours), last(theirs));
            }
            report(ours, theirs);
        }
    }

    private static Map<String, Double> round(OutputStream to, BufferedReader from) throws IOException {
        to.write('\n');
        to.flush();
        var told = new LinkedHashMap<String, Double>();
        while (true) {
            String line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("a process ended, see its log");
            }
            String[] parts = line.split(" ");
            if (line.equals("done")) {
                return told;
            }
            if (parts.length == 2 && parts[1].matches("[\\d.]+")) {
                told.put(parts[0], Double.valueOf(parts[1]));
            } else {
                System.out.println(line);
            }
        }
    }

    private static void collect(Map<String, List<Double>> all, Map<String, Double> round) {
        round.forEach((name, value) ->
                all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    }

    private static String last(Map<String, List<Double>> all) {
        var texts = new ArrayList<String>();
        all.forEach((name, values) -> texts.add(String.format("%s %.0f", name, values.getLast())));
        return String.join(", ", texts);
    }

    private static void report(Map<String, List<Double>> ours, Map<String, List<Double>> theirs) {
        var figures = new Figures(System.out);
        ours.forEach((name, values) -> {
            String unit = name.startsWith("due") ? "ms" : "1/s";
            List<Double> baseline = theirs.get(name);
            if (baseline == null) {
                figures.figure(name, median(values), unit);
            } else {
                figures.figure("bullmq_" + name, median(baseline), unit);
                figures.figure(name, median(values), unit, median(baseline));
            }
        });
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
