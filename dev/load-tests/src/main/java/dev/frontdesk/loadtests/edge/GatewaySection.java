package dev.frontdesk.loadtests.edge;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.figures.KeptFigures;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.loadtests.sessions.Visitors;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.state.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The gateway beside a bare proxy and beside Spring Cloud Gateway without code of ours, all with one upstream. */
final class GatewaySection {

    private static final int SESSIONS = 1000;
    private static final int LOGINS_AT_ONCE = 4;
    /** So many that the gateway has forgotten one before it comes again. */
    private static final int UNKNOWN = 20_000;

    private static final String API_KEY = "X-API-Key";
    private static final String PATH = "/api/v1/cache/load/x";
    private static final String APPLICATION = "/app/load/x";
    /** The route of the stock gateway with a limit. */
    private static final String LIMITED = "/api/v1/limit/load/x";

    private static final double NOT_OVERLOADED = 0.8;

    private final Section section;
    private final Installation installation;
    private final Collector collector;
    private final Neighbours neighbours;

    private GatewaySection(Section section, Installation installation, Collector collector, Neighbours neighbours) {
        this.section = section;
        this.installation = installation;
        this.collector = collector;
        this.neighbours = neighbours;
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting the stores, session-service, the gateway and its baselines …");
        try (var neighbours = new Neighbours();
                var collector = new Collector();
                var installation = Installation.start(
                        section.repository(), section.folder(), plan(section, neighbours, collector));
                var bareProxy = bareProxy(section, installation, upstream(neighbours));
                var stockGateway = stockGateway(section, installation, upstream(neighbours))) {
            new GatewaySection(section, installation, collector, neighbours).run(bareProxy, stockGateway);
        }
    }

    /** The gateway as shipped: only its limits are raised. */
    private static Plan plan(Section section, Neighbours neighbours, Collector collector) {
        return new Plan(
                List.of(Part.REDIS, Part.KAFKA),
                List.of(Part.SESSION, Part.GATEWAY),
                List.of(),
                Map.of(Port.REGISTRATION, neighbours.registrationPort(), Port.CACHE, neighbours.cachePort()),
                section.asShipped(
                        Part.GATEWAY,
                        collector,
                        RaisedLimits.and(Map.of("FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS", "127.0.0.0/8"))));
    }

    private static String upstream(Neighbours neighbours) {
        return "http://127.0.0.1:" + neighbours.cachePort();
    }

    private static Baseline bareProxy(Section section, Installation installation, String upstream) {
        int port = FreePorts.next();
        return section.start(
                "the bare proxy",
                port,
                JavaProgram.ofClass(BareProxy.class, installation.redisUrl(), upstream, Integer.toString(port)),
                Map.of());
    }

    private static Baseline stockGateway(Section section, Installation installation, String upstream) {
        int port = FreePorts.next();
        return section.start(
                "the stock gateway",
                port,
                JavaProgram.ofSpringBoot(
                        section.repository().resolve("dev/stock-gateway"),
                        section.folder().resolve("apps/stock-gateway")),
                Map.of(
                        "UPSTREAM_URL",
                        upstream,
                        "REDIS_URL",
                        installation.redisUrl(),
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(port)));
    }

    private void run(Baseline bareProxy, Baseline stockGateway) throws InterruptedException {
        Measured floor = bareProxy.ready();
        Measured plain = stockGateway.ready();
        Measured ours = Measured.ours("the gateway", installation.process(Part.GATEWAY));
        int bare = bareProxy.port();
        int stock = stockGateway.port();
        int port = installation.port(Part.GATEWAY);

        var visitors = new Visitors(installation, "");
        List<String> tokens = visitors.openSessions(TenantId.DEFAULT, accounts(), LOGINS_AT_ONCE);
        List<byte[]> withSession = get(PATH, tokens);
        List<byte[]> limited = get(LIMITED, tokens);
        List<byte[]> withKey = neighbours.newApiKeys(TenantId.DEFAULT, SESSIONS).stream()
                .map(key -> Requests.get(PATH, Map.of(API_KEY, key)))
                .toList();
        List<byte[]> withKeyAndSession = withKeyAndSession(visitors);
        List<byte[]> unknown = get(PATH, unknownTokens());
        byte[] asOperator = Requests.get(PATH, Map.of(API_KEY, installation.secret(Secrets.OPERATOR_KEY)));

        var bareProxying = new Subject("bare_proxy", "", floor, bare, 200, () -> Requests.inTurn(withSession));
        var stockPlain = new Subject("stock", "bare_proxy", plain, stock, 200, () -> Requests.always(asOperator));
        var stockLimited =
                new Subject("stock_limited", "bare_proxy", plain, stock, 200, () -> Requests.inTurn(limited));
        var operator = new Subject("gateway_operator", "stock", ours, port, 200, () -> Requests.always(asOperator));
        var session = new Subject(
                "gateway_session", "stock_limited", ours, port, 200, SESSIONS, () -> Requests.inTurn(withSession));
        List<byte[]> toApplication = get(APPLICATION, tokens);
        // To an application, with a session, the windows of its route and an assertion.
        var application = new Subject(
                "gateway_application",
                "stock_limited",
                ours,
                port,
                200,
                SESSIONS,
                () -> Requests.inTurn(toApplication));
        var scraped =
                session.with("gateway_session_scraped", () -> Scrapes.of(installation.managementUrl(Part.GATEWAY)));
        var key =
                new Subject("gateway_key", "stock_limited", ours, port, 200, SESSIONS, () -> Requests.inTurn(withKey));
        var keyAndSession = new Subject(
                "gateway_key_and_session",
                "stock_limited",
                ours,
                port,
                200,
                SESSIONS,
                () -> Requests.inTurn(withKeyAndSession));
        var anonymous = new Subject(
                "gateway_anonymous",
                "stock_limited",
                ours,
                port,
                200,
                () -> Requests.always(Requests.get(PATH, Map.of())));
        var stranger = new Subject("gateway_unknown", "stock_limited", ours, port, 401, () -> Requests.inTurn(unknown));

        // Next to their baselines, so that both meet the same conditions.
        var all = List.of(
                bareProxying,
                stockPlain,
                operator,
                stockLimited,
                session,
                application,
                scraped,
                key,
                keyAndSession,
                anonymous,
                stranger);
        var paced = List.of(stockPlain, operator, stockLimited, session, application);
        section.measure(all, rounds -> {
            measure(all, paced, ours, rounds);
            rounds.profile(session, section.profile());
        });
    }

    /** Three subjects with windows of a minute, an hour and a day, but the account: the key, the account and the tenant. */
    private List<byte[]> withKeyAndSession(Visitors visitors) {
        List<String> tokens = visitors.openSessions(Neighbours.WITH_QUOTAS, accounts(), LOGINS_AT_ONCE);
        List<String> keys = neighbours.newApiKeys(Neighbours.WITH_QUOTAS, SESSIONS);
        return IntStream.range(0, SESSIONS)
                .mapToObj(i ->
                        Requests.get(PATH, Map.of(API_KEY, keys.get(i), "Authorization", "Bearer " + tokens.get(i))))
                .toList();
    }

    private void measure(List<Subject> all, List<Subject> paced, Measured ours, Rounds rounds)
            throws InterruptedException {
        var asShipped = AsShipped.watch(installation, Part.GATEWAY, collector);
        rounds.measure(all);
        rounds.measureAt(rateOf(paced), paced);
        asShipped.check(rounds.requestsTo(ours), section.results());
    }

    /**
     * Half of what the slowest can do, so that none is overloaded. In a comparison, the rate of the earlier run if that
     * overloads none.
     */
    private double rateOf(List<Subject> paced) {
        double slowest =
                paced.stream().mapToDouble(section.results()::rate).min().orElseThrow();
        Figure earlier = section.options().compare()
                ? KeptFigures.read(section.kept()).figures().get(Rounds.SAME_RATE)
                : null;
        return earlier != null && earlier.value() < NOT_OVERLOADED * slowest ? earlier.value() : slowest / 2;
    }

    private static List<String> accounts() {
        return IntStream.range(0, SESSIONS)
                .mapToObj(i -> "edge-" + i + "@example.org")
                .toList();
    }

    private static List<String> unknownTokens() {
        var random = new Random(1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return IntStream.range(0, UNKNOWN)
                .mapToObj(i -> "fds_" + i % 64 + "_"
                        + random.ints(43, 0, alphabet.length())
                                .mapToObj(it -> alphabet.substring(it, it + 1))
                                .collect(Collectors.joining()))
                .toList();
    }

    private static List<byte[]> get(String path, List<String> tokens) {
        return tokens.stream()
                .map(token -> Requests.get(path, Map.of("Authorization", "Bearer " + token)))
                .toList();
    }
}
