package dev.frontdesk.loadtests.edge;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reading and replacing values of 1 KB at cache-service, beside GET and SET of the same Redis. */
final class CacheSection {

    private static final int KEYS = 1000;
    private static final Duration STORED_WITHIN = Duration.ofMinutes(1);
    private static final String VALUE = "{\"soup\": \"" + "lentil ".repeat(144) + "\"}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Section section;
    private final Installation installation;
    private final Collector collector;
    private final Identities identities;

    private CacheSection(Section section, Installation installation, Collector collector) {
        this.section = section;
        this.installation = installation;
        this.collector = collector;
        this.identities = new Identities(installation);
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting Redis, cache-service and its baseline …");
        int port = FreePorts.next();
        try (var collector = new Collector();
                var installation =
                        Installation.start(section.repository(), section.folder(), plan(section, collector));
                var bare = section.start(
                        "the bare cache",
                        port,
                        JavaProgram.ofClass(BareCache.class, installation.redisUrl(), Integer.toString(port)),
                        Map.of())) {
            new CacheSection(section, installation, collector).run(bare);
        }
    }

    private static Plan plan(Section section, Collector collector) {
        return new Plan(
                List.of(Part.REDIS),
                List.of(Part.CACHE),
                List.of(),
                Map.of(),
                section.asShipped(Part.CACHE, collector, Map.of()));
    }

    private void run(Baseline baseline) throws InterruptedException {
        Measured bare = baseline.ready();
        Measured ours = Measured.ours("cache-service", installation.process(Part.CACHE));
        int port = installation.port(Part.CACHE);
        IntFunction<byte[]> bareGet = i -> Requests.get("/k" + i, Map.of());
        IntFunction<byte[]> barePut = i -> Requests.bytes("PUT", "/k" + i, JSON, VALUE);
        var gets = new Subject("cache_get", "bare_get", ours, port, 200, () -> Requests.inTurn(all(get())));
        var subjects = List.of(
                new Subject("bare_get", "", bare, baseline.port(), 200, () -> Requests.inTurn(all(bareGet))),
                new Subject("bare_set", "", bare, baseline.port(), 204, () -> Requests.inTurn(all(barePut))),
                gets,
                new Subject("cache_put", "bare_set", ours, port, 204, () -> Requests.inTurn(all(put()))));
        store(baseline.port(), 204, barePut);
        store(port, 201, put());
        section.measure(subjects, rounds -> {
            var asShipped = AsShipped.watch(installation, Part.CACHE, collector);
            rounds.measure(subjects);
            asShipped.check(rounds.requestsTo(ours), section.results());
            rounds.profile(gets, section.profile());
        });
    }

    private IntFunction<byte[]> get() {
        Map<String, String> headers = identities.headers(new Caller.Operator(Identities.TENANT), Map.of());
        return i -> Requests.get("/api/v1/cache/load/k" + i, headers);
    }

    private IntFunction<byte[]> put() {
        Map<String, String> headers = identities.headers(new Caller.Operator(Identities.TENANT), JSON);
        return i -> Requests.bytes("PUT", "/api/v1/cache/load/k" + i + "?ttl_seconds=3600", headers, VALUE);
    }

    private static List<byte[]> all(IntFunction<byte[]> request) {
        return IntStream.range(0, KEYS).mapToObj(request).toList();
    }

    /** Each value once, so that all of them exist. */
    private static void store(int port, int status, IntFunction<byte[]> put) {
        try (Connections connections = Connections.open(port, 1)) {
            Sent sent = connections.closed(STORED_WITHIN, status, Requests.once(all(put)));
            if (sent.right() != KEYS) {
                throw new IllegalStateException("The values were not stored: " + sent.wrong());
            }
        }
    }
}
