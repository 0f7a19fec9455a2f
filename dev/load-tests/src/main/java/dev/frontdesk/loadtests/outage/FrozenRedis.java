package dev.frontdesk.loadtests.outage;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.servers.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Freezes Redis for 10 s under load. Requests of API keys that are far from their limits must go on, each within the time that
 * the gateway gives Redis; of a key that has reached its limit at most the limit and one local share may pass.
 */
public final class FrozenRedis {

    /** Requests a second of all keys together, much less than the gateway can do. */
    private static final double RATE = 300;

    private static final int KEYS = 100;
    private static final int CONNECTIONS = 64;
    /** An hour of the key that is to reach it. */
    private static final long LIMIT = 50;

    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration FROZEN = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(10);

    private final Installation installation;
    private final Requests many;
    private final Requests limited;
    private final Figures figures = new Figures(System.out);
    private int wrong;
    private long passed;

    private FrozenRedis(Installation installation, List<byte[]> many, byte[] limited) {
        this.installation = installation;
        this.many = Requests.inTurn(many);
        this.limited = Requests.always(limited);
    }

    /** @param arguments the repository, and a folder for data and logs */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("Starting Redis, Kafka, session-service and the gateway …");
        boolean right;
        try (var neighbours = new Neighbours();
                var installation = Installation.start(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]).toAbsolutePath(),
                        new Plan(
                                List.of(Part.REDIS, Part.KAFKA),
                                List.of(Part.SESSION, Part.GATEWAY),
                                List.of(),
                                Map.of(
                                        Port.REGISTRATION,
                                        neighbours.registrationPort(),
                                        Port.CACHE,
                                        neighbours.cachePort()),
                                RaisedLimits.VARIABLES))) {
            List<byte[]> many = neighbours.newApiKeys(TenantId.DEFAULT, KEYS).stream()
                    .map(FrozenRedis::get)
                    .toList();
            String limited = neighbours.newApiKey(TenantId.DEFAULT, new Quotas(null, LIMIT, null));
            right = new FrozenRedis(installation, many, get(limited)).run();
        }
        System.exit(right ? 0 : 1);
    }

    private static byte[] get(String key) {
        return Requests.get("/api/v1/cache/load/x", Map.of("X-API-Key", key));
    }

    private boolean run() throws InterruptedException {
        System.out.println("Warming up");
        load(WARM_UP);
        Sent before = load(BEFORE);
        use();
        ProcessHandle redis = installation.process(Part.REDIS);
        Signals.send(redis.pid(), "STOP");
        try {
            count("first_frozen", load(FROZEN.dividedBy(2)), before);
            use();
            count("frozen", load(FROZEN.dividedBy(2)), before);
        } finally {
            Signals.send(redis.pid(), "CONT");
        }
        count("after", load(AFTER), before);
        use();
        figures.figure("limited_passed", passed, "requests", LIMIT);
        figures.figure("failed", wrong, "requests");
        return wrong == 0 && passed <= 2 * LIMIT;
    }

    private Sent load(Duration time) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), CONNECTIONS)) {
            Sent sent = connections.open(RATE, time, 200, many);
            wrong += sent.failed();
            System.out.printf("  %.0f/s: %d right, others %s%n", RATE, sent.right(), sent.wrong());
            return sent;
        }
    }

    private void count(String name, Sent sent, Sent before) {
        figure(name + "_p50", 0.5, sent, before);
        figure(name + "_p99", 0.99, sent, before);
        figure(name + "_max", 1, sent, before);
    }

    private void figure(String name, double share, Sent sent, Sent before) {
        figures.figure(
                name,
                sent.latencies().micros(share) / 1000,
                "ms",
                before.latencies().micros(share) / 1000);
    }

    /** More requests of the limited key than its limit allows. */
    private void use() {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), 1)) {
            Sent sent = connections.open(100, Duration.ofSeconds(2), 200, limited);
            passed += sent.right();
            wrong += sent.failed() - sent.wrong().getOrDefault("429", 0);
            System.out.printf("  limited key: %d passed, others %s%n", sent.right(), sent.wrong());
        }
    }
}
