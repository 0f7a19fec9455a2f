package dev.frontdesk.loadtests.sessions;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Load;
import dev.frontdesk.loadtests.load.Load.Ask;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Rounds of: introspections and their baseline, requests through the gateway with and without a session. Then sessions
 * that end, all of an account and one by one. Prints the medians. Exits with 1 if a response was wrong.
 */
public final class Sessions {

    private static final int ROUNDS = 3;
    private static final int CLIENTS = 16;
    /** Of one account; a fifth concurrent login might count as a guess until the others have succeeded. */
    private static final int LOGINS_AT_ONCE = 4;

    private static final int OPEN = 64;
    private static final int MANY = 1000;
    private static final int REVOCATIONS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration LOAD = Duration.ofSeconds(5);

    private static final Map<String, String> SETTINGS = RaisedLimits.and(Map.of(
            // The first second of seven processes on a few cores is not part of the measurement.
            "REDIS_TIMEOUT", "2s",
            "FRONTDESK_SESSION_SESSIONS_MAXPERACCOUNT", "2000"));

    private final Installation installation;
    private final Visitors visitors;
    private final Tally answers = new Tally();

    private final List<Double> bare = new ArrayList<>();
    private final List<Double> introspections = new ArrayList<>();
    private final List<Double> anonymous = new ArrayList<>();
    private final List<Double> withSession = new ArrayList<>();
    private final List<Double> processorAnonymous = new ArrayList<>();
    private final List<Double> processorWithSession = new ArrayList<>();
    private final List<Double> revokeAll = new ArrayList<>();
    private final List<Double> revokeOne = new ArrayList<>();

    private Sessions(Installation installation, String bareUrl) {
        this.installation = installation;
        this.visitors = new Visitors(installation, bareUrl);
    }

    /** @param arguments the repository, and a folder for data and logs */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        System.out.println("Starting the stores, two gateways, two session-services and notification-service …");
        boolean right;
        int port = FreePorts.next();
        try (var neighbours = new Neighbours();
                var installation = Installation.start(Path.of(arguments[0]), Path.of(arguments[1]), plan(neighbours))) {
            Process bare = startBare(installation.redisUrl(), port);
            try {
                right = new Sessions(installation, "http://127.0.0.1:" + port).run();
            } finally {
                bare.destroy();
            }
        }
        System.exit(right ? 0 : 1);
    }

    private static Plan plan(Neighbours neighbours) {
        return new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA),
                List.of(Part.SESSION, Part.NOTIFICATION, Part.GATEWAY),
                List.of(Part.SESSION, Part.GATEWAY),
                Map.of(Port.REGISTRATION, neighbours.registrationPort(), Port.CACHE, neighbours.cachePort()),
                SETTINGS);
    }

    /** With the heap and the thresholds of a service. */
    private static Process startBare(String redisUrl, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:Tier4InvocationThreshold=5000",
                        "-XX:Tier4CompileThreshold=15000",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareLookUp.class.getName(),
                        redisUrl,
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private boolean run() {
        List<String> tokens = visitors.openSessions("ada@example.org", OPEN, LOGINS_AT_ONCE);
        System.out.println("Warming up");
        for (Supplier<Ask> what : List.<Supplier<Ask>>of(
                () -> visitors.lookUp(tokens, Visitors::keyOf),
                () -> visitors.introspect(tokens),
                visitors::throughTheGateway,
                () -> visitors.throughTheGateway(tokens))) {
            load(WARM_UP, new Tally(), what);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            round(tokens);
            System.out.printf(
                    "Round %d of %d: %.0f bare look-ups/s, %.0f introspections/s, %.0f requests/s without a session, %.0f with%n",
                    round,
                    ROUNDS,
                    bare.getLast(),
                    introspections.getLast(),
                    anonymous.getLast(),
                    withSession.getLast());
            revokeMany(round);
        }
        var revocations = new Revocations(installation);
        revocations.measure(REVOCATIONS);
        return report(revocations);
    }

    private void round(List<String> tokens) {
        bare.add(load(LOAD, answers, () -> visitors.lookUp(tokens, Visitors::keyOf)));
        introspections.add(load(LOAD, answers, () -> visitors.introspect(tokens)));
        anonymous.add(gateway(processorAnonymous, visitors::throughTheGateway));
        withSession.add(gateway(processorWithSession, () -> visitors.throughTheGateway(tokens)));
    }

    private double gateway(List<Double> millisOfProcessor, Supplier<Ask> what) {
        Duration before = processorTime();
        int asked = answers.asked();
        double rate = load(LOAD, answers, what);
        millisOfProcessor.add(processorTime().minus(before).toNanos() / 1e6 / Math.max(1, answers.asked() - asked));
        return rate;
    }

    private Duration processorTime() {
        return installation.processorTime().getOrDefault(Part.GATEWAY, Duration.ZERO);
    }

    /** One account with a thousand sessions, and one with a single session for comparison. */
    private void revokeMany(int round) {
        revokeOne.add(revoke("one-" + round + "@example.org", 1));
        revokeAll.add(revoke("many-" + round + "@example.org", MANY));
    }

    private double revoke(String email, int number) {
        visitors.openSessions(email, number, LOGINS_AT_ONCE);
        long start = System.nanoTime();
        var answer = visitors.revokeOthers(email, new UUID(0, 0)).block();
        double millis = (System.nanoTime() - start) / 1e6;
        if (answer == null || answer.status() != 200 || !answer.field("revoked").equals(Integer.toString(number))) {
            answers.failed("revoke all: " + answer);
        }
        return millis;
    }

    private static double load(Duration time, Tally tally, Supplier<Ask> what) {
        Double rate = Load.closed(CLIENTS, time, tally, what).block();
        return rate == null ? Double.NaN : rate;
    }

    private boolean report(Revocations revocations) {
        var figures = new Figures(System.out);
        figures.figure("bare_look_ups", median(bare), "1/s");
        figures.figure("introspections", median(introspections), "1/s", median(bare));
        figures.figure("gateway_without_session", median(anonymous), "1/s");
        figures.figure("gateway_with_session", median(withSession), "1/s", median(anonymous));
        figures.figure("processor_without_session", 1000 * median(processorAnonymous), "us");
        figures.figure(
                "processor_with_session", 1000 * median(processorWithSession), "us", 1000 * median(processorAnonymous));
        figures.figure("revoke_all_of_1", median(revokeOne), "ms");
        figures.figure("revoke_all_of_1000", median(revokeAll), "ms", median(revokeOne));
        distribution(figures, "revoked", revocations.answered);
        distribution(figures, "refused_elsewhere", revocations.refused);
        distribution(figures, "socket_closed", revocations.closed);
        int failed = 0;
        for (Tally tally : List.of(answers, revocations.answered, revocations.refused, revocations.closed)) {
            tally.failures().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
            failed += tally.failed();
        }
        figures.figure("failed", failed, "requests");
        return failed == 0;
    }

    private static void distribution(Figures figures, String name, Tally tally) {
        figures.figure(name + "_p50", tally.millis(0.5), "ms");
        figures.figure(name + "_p99", tally.millis(0.99), "ms", tally.millis(0.5));
        figures.figure(name + "_max", tally.millis(1), "ms", tally.millis(0.5));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
