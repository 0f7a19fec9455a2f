package dev.frontdesk.loadtests.signups;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.load.Load;
import dev.frontdesk.loadtests.load.Load.Ask;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Three rounds of: hashes, no load, sign-ups, verifications, logins. Prints the medians. Exits with 1 if a response was
 * wrong.
 */
public final class SignUps {

    private static final Plan PLAN = new Plan(
            List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA),
            List.of(Part.REGISTRATION, Part.SESSION),
            List.of(),
            Map.of(),
            Map.of());

    private static final int ROUNDS = 3;

    /** More than the service hashes at once, fewer than its queue holds. */
    private static final int CLIENTS = 16;

    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration BASELINE = Duration.ofSeconds(6);
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final Duration LOAD = Duration.ofSeconds(10);
    /** Often enough for a 99th percentile, and rare enough to add no load. */
    private static final Duration PROBE = Duration.ofMillis(50);

    private final Installation installation;
    private final People people;
    private final Codes codes;
    private final Processors processors;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final List<String> verified = new ArrayList<>();
    private final Measured measured = new Measured();

    private SignUps(Installation installation, Codes codes, Processors processors) {
        this.installation = installation;
        this.people = new People(installation);
        this.codes = codes;
        this.processors = processors;
    }

    /** @param arguments the repository, and a folder for data and logs */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("Starting PostgreSQL, Redis, Kafka, registration-service and session-service …");
        boolean right;
        try (var installation = Installation.start(Path.of(arguments[0]), Path.of(arguments[1]), PLAN);
                var codes = new Codes(installation.kafkaServers(), installation.secret(Secrets.EVENTS_KEY));
                var processors = new Processors()) {
            right = new SignUps(installation, codes, processors).run();
        }
        System.exit(right ? 0 : 1);
    }

    private boolean run() {
        System.out.println("Warming up");
        processors.hashFor(Duration.ofSeconds(2));
        signUp(WARM_UP, new Tally(), new Tally());
        verify(new Tally());
        logIn(WARM_UP, new Tally(), new Tally());
        double idle = installation.resident(Part.REGISTRATION, "VmRSS");
        for (int round = 1; round <= ROUNDS; round++) {
            round();
            System.out.printf("Round %d of %d: %s%n", round, ROUNDS, measured.newest());
        }
        return measured.report(
                new Figures(System.out), processors.number(), idle, installation.resident(Part.REGISTRATION, "VmHWM"));
    }

    private void round() {
        measured.hashes.add(processors.hashFor(BASELINE));
        probeAlone(measured.calm);
        Map<Part, Duration> before = installation.processorTime();
        measured.registrations.add(signUp(LOAD, measured.answers, measured.probesOfSignUps));
        System.out.println(spent(before, installation.processorTime(), registered.size()));
        measured.verifications.add(verify(measured.answers));
        before = installation.processorTime();
        int asked = measured.answers.asked();
        measured.logins.add(logIn(LOAD, measured.answers, measured.probesOfLogins));
        System.out.println(spent(before, installation.processorTime(), measured.answers.asked() - asked));
    }

    private double signUp(Duration time, Tally tally, Tally probes) {
        return beside(probes, Load.closed(CLIENTS, time, tally, () -> {
            String email = people.nextAddress();
            registered.add(email);
            return people.register(email);
        }));
    }

    private double logIn(Duration time, Tally tally, Tally probes) {
        return beside(probes, Load.closed(CLIENTS, time, tally, () -> people.logInOneOf(verified)));
    }

    private double verify(Tally tally) {
        Map<String, String> found = codes.of(registered);
        for (String email : new HashSet<>(registered)) {
            if (!found.containsKey(email)) {
                tally.failed("no code came for an address");
            }
        }
        registered.clear();
        long start = System.nanoTime();
        List<String> opened = Flux.fromIterable(found.entrySet())
                .flatMap(
                        it -> people.verify(it.getKey(), it.getValue())
                                .into(tally)
                                .filter(right -> right)
                                .map(_ -> it.getKey()),
                        CLIENTS)
                .collectList()
                .blockOptional()
                .orElseThrow();
        verified.addAll(opened);
        return opened.size() / ((System.nanoTime() - start) / 1e9);
    }

    private void probeAlone(Tally probes) {
        beside(probes, Mono.delay(CALM).thenReturn(0.0));
    }

    /** Sends requests that need no hash, at a steady rate, as long as the load lasts. */
    private double beside(Tally probes, Mono<Double> load) {
        var turn = new AtomicInteger();
        Supplier<Ask> next = () -> turn.incrementAndGet() % 2 == 0 ? people.verifyUnknown() : people.showUnknown();
        var probing = Load.steady(PROBE, probes, next).subscribe();
        try {
            return block(load);
        } finally {
            probing.dispose();
        }
    }

    private static double block(Mono<Double> rate) {
        Double result = rate.block();
        return result == null ? Double.NaN : result;
    }

    /** The use of processor time, to explain a ratio. */
    private static String spent(Map<Part, Duration> before, Map<Part, Duration> after, int requests) {
        var parts = new StringBuilder("  processor time a request:");
        after.forEach((part, time) -> parts.append(" %s %.2f ms"
                .formatted(
                        part.title(),
                        time.minus(before.getOrDefault(part, Duration.ZERO)).toNanos() / 1e6 / Math.max(1, requests))));
        return parts.toString();
    }
}
