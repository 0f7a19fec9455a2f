package dev.frontdesk.loadtests.edge;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.signups.Codes;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.passwords.PasswordProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sign-ups and verifications at registration-service with the weakest hash that it accepts, so that the rest of its work
 * is measured. The hash is measured by itself, with these parameters and with those that are shipped.
 */
final class SignUpSection {

    private static final String PASSWORD = "correct horse battery";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final PasswordProperties WEAKEST = new PasswordProperties(8, 1, 1, 64);
    private static final PasswordProperties SHIPPED = new PasswordProperties(19_456, 2, 1, 64);
    private static final Duration HASHED_FOR = Duration.ofSeconds(3);

    private final Section section;
    private final Installation installation;
    private final Collector collector;
    private final Codes codes;
    private final Identities identities;
    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    private SignUpSection(Section section, Installation installation, Collector collector, Codes codes) {
        this.section = section;
        this.installation = installation;
        this.collector = collector;
        this.codes = codes;
        this.identities = new Identities(installation);
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting PostgreSQL, Redis, Kafka and registration-service …");
        try (var collector = new Collector();
                var installation =
                        Installation.start(section.repository(), section.folder(), plan(section, collector));
                var codes = new Codes(installation.kafkaServers(), installation.secret(Secrets.EVENTS_KEY))) {
            new SignUpSection(section, installation, collector, codes).run();
        }
    }

    private static Plan plan(Section section, Collector collector) {
        var weakest = Map.of(
                "FRONTDESK_REGISTRATION_PASSWORDS_MEMORY", Integer.toString(WEAKEST.memory()),
                "FRONTDESK_REGISTRATION_PASSWORDS_ITERATIONS", Integer.toString(WEAKEST.iterations()));
        return new Plan(
                List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA),
                List.of(Part.REGISTRATION),
                List.of(),
                Map.of(),
                section.asShipped(Part.REGISTRATION, collector, weakest));
    }

    private void run() throws InterruptedException {
        Measured ours = Measured.ours("registration-service", installation.process(Part.REGISTRATION));
        int port = installation.port(Part.REGISTRATION);
        var registration = new Subject("registration", "", ours, port, 202, 1, this::registrations);
        // Each code is used once, so there is no lead-in.
        var verification = new Subject("verification", "", ours, port, 201, 0, this::verifications);
        var subjects = List.of(registration, verification);
        section.measure(subjects, rounds -> {
            var asShipped = AsShipped.watch(installation, Part.REGISTRATION, collector);
            rounds.measure(subjects);
            asShipped.check(rounds.requestsTo(ours), section.results());
            rounds.profile(registration, section.profile());
            double micros = section.results().processor(registration);
            section.results().add(Figure.of("hash_weakest", hash(WEAKEST), "us", micros));
            section.results().add(Figure.of("hash_shipped", hash(SHIPPED), "us", micros));
        });
    }

    private Requests registrations() {
        Map<String, String> headers = identities.headers(new Caller.Anonymous(Identities.TENANT), JSON);
        return Requests.numbered(Integer.MAX_VALUE, _ -> {
            String email = "person-" + number.incrementAndGet() + "@example.org";
            registered.add(email);
            return Requests.bytes("POST", "/api/v1/users/register", headers, """
                    {"email": "%s", "password": "%s", "first_name": "Ada", "last_name": "Lovelace"}\
                    """.formatted(email, PASSWORD));
        });
    }

    /** Of everyone who has registered since the last verifications. */
    private Requests verifications() {
        Map<String, String> found = codes.of(registered);
        if (found.size() < registered.size()) {
            section.results().check(false, "%d codes for %d sign-ups".formatted(found.size(), registered.size()));
        }
        registered.clear();
        Map<String, String> headers = identities.headers(new Caller.Anonymous(Identities.TENANT), JSON);
        return Requests.once(found.entrySet().stream()
                .map(it -> Requests.bytes(
                        "POST",
                        "/api/v1/users/verify-email",
                        headers,
                        "{\"email\": \"%s\", \"code\": \"%s\"}".formatted(it.getKey(), it.getValue())))
                .toList());
    }

    /** @return microseconds of processor time of one hash */
    private static double hash(PasswordProperties properties) {
        var hashing = new PasswordHashing(properties);
        try {
            var password = new Password(PASSWORD);
            hashFor(HASHED_FOR, hashing, password);
            Duration before = ownProcessor();
            int hashes = hashFor(HASHED_FOR, hashing, password);
            return ownProcessor().minus(before).toNanos() / 1e3 / hashes;
        } finally {
            hashing.destroy();
        }
    }

    private static int hashFor(Duration time, PasswordHashing hashing, Password password) {
        long end = System.nanoTime() + time.toNanos();
        int hashes = 0;
        while (System.nanoTime() < end) {
            hashing.hash(password).block();
            hashes++;
        }
        return hashes;
    }

    private static Duration ownProcessor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
