package dev.frontdesk.loadtests.edge;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.state.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same reads and writes of the cache through the gateway and directly. Gateway and cache-service share a processor. */
final class CacheGatewaySection {

    private static final int KEYS = 1000;
    private static final int API_KEYS = 100;
    private static final Duration STORED_WITHIN = Duration.ofMinutes(1);
    private static final String VALUE = "{\"soup\": \"" + "lentil ".repeat(144) + "\"}";
    private static final String PATH = "/api/v1/cache/load/k";
    private static final String API_KEY = "X-API-Key";

    private CacheGatewaySection() {}

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting the stores, cache-service and the gateway …");
        try (var neighbours = new Neighbours();
                var collector = new Collector();
                var installation = Installation.start(
                        section.repository(), section.folder(), plan(section, neighbours, collector))) {
            run(section, installation, neighbours);
        }
    }

    private static Plan plan(Section section, Neighbours neighbours, Collector collector) {
        var settings = new HashMap<>(section.asShipped(Part.GATEWAY, collector, RaisedLimits.and(Map.of())));
        settings.putAll(section.asShipped(Part.CACHE, collector, Map.of()));
        return new Plan(
                List.of(Part.REDIS, Part.KAFKA),
                List.of(Part.SESSION, Part.CACHE, Part.GATEWAY),
                List.of(),
                Map.of(Port.REGISTRATION, neighbours.registrationPort()),
                settings);
    }

    private static void run(Section section, Installation installation, Neighbours neighbours)
            throws InterruptedException {
        var identities = new Identities(installation);
        Measured cache = Measured.ours("cache-service", installation.process(Part.CACHE));
        Measured gateway = Measured.ours("the gateway", installation.process(Part.GATEWAY));
        int cachePort = installation.port(Part.CACHE);
        int port = installation.port(Part.GATEWAY);
        var operator = Map.of(API_KEY, installation.secret(Secrets.OPERATOR_KEY));
        List<Map<String, String>> keys = neighbours.newApiKeys(TenantId.DEFAULT, API_KEYS).stream()
                .map(key -> Map.of(API_KEY, key))
                .toList();
        var get = new Subject("cache_get_direct", "", cache, cachePort, 200, () -> Requests.inTurn(gets(direct(identities))));
        var put = new Subject("cache_put_direct", "", cache, cachePort, 204, () -> Requests.inTurn(puts(direct(identities))));
        var subjects = List.of(
                get,
                put,
                new Subject(
                        "gateway_cache_get",
                        get.name(),
                        gateway,
                        port,
                        200,
                        () -> Requests.inTurn(gets(List.of(operator)))),
                new Subject(
                        "gateway_cache_put",
                        put.name(),
                        gateway,
                        port,
                        204,
                        () -> Requests.inTurn(puts(List.of(operator)))),
                new Subject(
                        "gateway_cache_get_with_key",
                        get.name(),
                        gateway,
                        port,
                        200,
                        API_KEYS,
                        () -> Requests.inTurn(gets(keys))));
        store(cachePort, puts(direct(identities)));
        section.measure(subjects, rounds -> {
            rounds.measure(subjects);
            rounds.profile(subjects.get(2), section.profile());
        });
    }

    private static List<Map<String, String>> direct(Identities identities) {
        return List.of(identities.headers(new Caller.Operator(Identities.TENANT), Map.of()));
    }

    private static List<byte[]> gets(List<Map<String, String>> headers) {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> Requests.get(PATH + i, headers.get(i % headers.size())))
                .toList();
    }

    private static List<byte[]> puts(List<Map<String, String>> headers) {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> {
                    var all = new HashMap<>(headers.get(i % headers.size()));
                    all.put("Content-Type", "application/json");
                    return Requests.bytes("PUT", PATH + i + "?ttl_seconds=3600", all, VALUE);
                })
                .toList();
    }

    private static void store(int port, List<byte[]> puts) {
        try (Connections connections = Connections.open(port, 1)) {
            Sent sent = connections.closed(STORED_WITHIN, 201, Requests.once(puts));
            if (sent.right() != KEYS) {
                throw new IllegalStateException("The values were not stored: "
                        + sent.wrong().entrySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
        }
    }
}
