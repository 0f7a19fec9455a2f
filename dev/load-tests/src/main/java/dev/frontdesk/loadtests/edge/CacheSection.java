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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reading and replacing values of 1 KB at cache-service, beside GET and SET of the same Redis in a bare handler, beside webdis, and beside
 * redis-benchmark without HTTP.
 */
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
        System.out.println("Starting Redis, cache-service and its baselines …");
        int port = FreePorts.next();
        try (var collector = new Collector();
                var installation =
                        Installation.start(section.repository(), section.folder(), plan(section, collector));
                var webdis = Webdis.start(section.folder(), installation.redisUrl());
                var bare = section.start(
                        "the bare cache",
                        port,
                        JavaProgram.ofClass(BareCache.class, installation.redisUrl(), Integer.toString(port)),
                        Map.of())) {
            new CacheSection(section, installation, collector).run(bare, webdis);
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

    private void run(Baseline baseline, Webdis webdis) throws InterruptedException {
        Measured bare = baseline.ready();
        Measured other = Measured.compiled("webdis", webdis.process());
        Measured ours = Measured.ours("cache-service", installation.process(Part.CACHE));
        int port = installation.port(Part.CACHE);
        IntFunction<byte[]> bareGet = i -> Requests.get("/k" + i, Map.of());
        IntFunction<byte[]> barePut = i -> Requests.bytes("PUT", "/k" + i, JSON, VALUE);
        IntFunction<byte[]> webdisGet = i -> Requests.get("/GET/bare%3Ak" + i + ".txt", Map.of());
        IntFunction<byte[]> increment = i -> post("counters/k" + i + "/increment", "{}");
        var gets = new Subject("cache_get", "bare_get", ours, port, 200, () -> Requests.inTurn(all(get("load"))));
        var puts = new Subject("cache_put", "bare_set", ours, port, 204, () -> Requests.inTurn(all(put("load"))));
        var increments =
                new Subject("cache_increment", "bare_set", ours, port, 200, () -> Requests.inTurn(all(increment)));
        var mgets = new Subject(
                "cache_mget_10", "bare_get", ours, port, 200, () -> Requests.inTurn(all(i -> post("load/mget", keys(i, 10)))));
        var msets = new Subject(
                "cache_mset_10", "bare_set", ours, port, 200, () -> Requests.inTurn(all(i -> post("load/mset", entries(i, 10)))));
        var subjects = List.of(
                new Subject("bare_get", "", bare, baseline.port(), 200, () -> Requests.inTurn(all(bareGet))),
                new Subject("bare_set", "", bare, baseline.port(), 204, () -> Requests.inTurn(all(barePut))),
                new Subject("webdis_get", "bare_get", other, webdis.port(), 200, () -> Requests.inTurn(all(webdisGet))),
                gets,
                gets.named("cache_get_beside_webdis", "webdis_get"),
                puts,
                increments,
                new Subject(
                        "cache_near_get", "bare_get", ours, port, 200, () -> Requests.inTurn(all(get("near")))),
                mgets,
                msets,
                new Subject(
                        "cache_mget_100",
                        "cache_get",
                        ours,
                        port,
                        200,
                        () -> Requests.inTurn(all(i -> post("load/mget", keys(i, 100))))));
        store(baseline.port(), 204, barePut);
        send(port, 201, settings());
        store(port, 201, put("load"));
        store(port, 201, put("near"));
        section.measure(subjects, rounds -> {
            var asShipped = AsShipped.watch(installation, Part.CACHE, collector);
            rounds.measure(subjects);
            rounds.measureAtHalf(List.of(gets, puts, increments, mgets, msets));
            asShipped.check(rounds.requestsTo(ours), section.results());
            rounds.profile(gets, section.profile());
        });
        section.results().add(RedisBenchmark.get(installation.redisUrl(), section.options().quick()));
    }

    /** A near cache for a minute. */
    private byte[] settings() {
        return Requests.bytes(
                "PUT", "/api/v1/cache-namespaces/near", headers(JSON), "{\"near_cache_seconds\":60}");
    }

    private Map<String, String> headers(Map<String, String> more) {
        return identities.headers(new Caller.Operator(Identities.TENANT), more);
    }

    private byte[] post(String path, String body) {
        return Requests.bytes("POST", "/api/v1/cache/" + path, headers(JSON), body);
    }

    private static String keys(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "\"k" + i % KEYS + "\"")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static String entries(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "{\"key\":\"k" + i % KEYS + "\",\"value\":" + VALUE + "}")
                .collect(Collectors.joining(",", "{\"entries\":[", "]}"));
    }

    private IntFunction<byte[]> get(String namespace) {
        Map<String, String> headers = headers(Map.of());
        return i -> Requests.get("/api/v1/cache/" + namespace + "/k" + i, headers);
    }

    private IntFunction<byte[]> put(String namespace) {
        Map<String, String> headers = headers(JSON);
        return i ->
                Requests.bytes("PUT", "/api/v1/cache/" + namespace + "/k" + i + "?ttl_seconds=3600", headers, VALUE);
    }

    private static List<byte[]> all(IntFunction<byte[]> request) {
        return IntStream.range(0, KEYS).mapToObj(request).toList();
    }

    /** Each value once, so that all of them exist. */
    private static void store(int port, int status, IntFunction<byte[]> put) {
        send(port, status, all(put).toArray(byte[][]::new));
    }

    private static void send(int port, int status, byte[]... requests) {
        try (Connections connections = Connections.open(port, 1)) {
            Sent sent = connections.closed(STORED_WITHIN, status, Requests.once(List.of(requests)));
            if (sent.right() != requests.length) {
                throw new IllegalStateException("The values were not stored: " + sent.wrong());
            }
        }
    }
}
