package dev.frontdesk.loadtests.overload;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.Cores;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends five times as many requests as can be answered: more than a service behind the gateway can do, and more than the gateway
 * itself can. Useful are the right answers within a second.
 */
public final class OverloadLoad {

    private static final int ROUNDS = 3;
    private static final int PEAK_CONNECTIONS = 64;
    private static final int CONNECTIONS = 2000;
    /** Five times as many as a service may have requests at once. */
    private static final int CLIENTS = 2500;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final double OVERLOAD = 5;
    /** Requests a second of the slow service, much less than the gateway can do. */
    private static final double SLOW = 300;

    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration LOAD = Duration.ofSeconds(6);
    private static final Duration USEFUL = Duration.ofSeconds(1);

    private static final Map<String, String> UNBOUNDED = Map.of(
            "FRONTDESK_GATEWAY_INFLIGHT_LIMITED", "1000000",
            "FRONTDESK_GATEWAY_INFLIGHT_PERSERVICE", "1000000",
            "FRONTDESK_GATEWAY_INFLIGHT_SLOWAFTER", "1d");

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, List<Double>> ratios = new HashMap<>();
    private final Path repository;
    private final Path folder;
    private int wrong;

    private OverloadLoad(Path repository, Path folder) {
        this.repository = repository;
        this.folder = folder;
    }

    /** @param arguments the repository, and a folder for data and logs */
    public static void main(String[] arguments) throws InterruptedException {
        var load = new OverloadLoad(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath());
        load.withoutBounds();
        load.asShipped();
        load.print();
        System.exit(load.wrong == 0 ? 0 : 1);
    }

    private interface Measurement {
        void run(Installation installation, SlowService service, Requests requests) throws InterruptedException;
    }

    private void with(String name, Map<String, String> settings, Measurement measurement) throws InterruptedException {
        System.out.println("Starting Redis, Kafka, session-service and the gateway " + name + " …");
        var all = new HashMap<>(RaisedLimits.and(settings));
        all.put(
                Part.GATEWAY.name() + "_JAVA_OPTS",
                Installation.OPTIMISED_AS_USUAL + " " + String.join(" ", JavaProgram.optionsOfImages(repository, 512)));
        try (var neighbours = new Neighbours();
                var service = new SlowService();
                var installation = Installation.start(
                        repository,
                        folder.resolve(name.replace(' ', '-')),
                        new Plan(
                                List.of(Part.REDIS, Part.KAFKA),
                                List.of(Part.SESSION, Part.GATEWAY),
                                List.of(),
                                Map.of(Port.REGISTRATION, neighbours.registrationPort(), Port.CACHE, service.port()),
                                all))) {
            List<byte[]> requests = neighbours.newApiKeys(TenantId.DEFAULT, 100).stream()
                    .map(key -> Requests.get("/api/v1/cache/load/x", Map.of("X-API-Key", key)))
                    .toList();
            warmUp(installation, Requests.inTurn(requests));
            measurement.run(installation, service, Requests.inTurn(requests));
        }
    }

    private void warmUp(Installation installation, Requests requests) {
        System.out.println("Warming up");
        try (var connections = Connections.open(installation.port(Part.GATEWAY), PEAK_CONNECTIONS)) {
            connections.closed(WARM_UP, 200, requests);
        }
    }

    /** With a gateway that passes everything on. */
    private void withoutBounds() throws InterruptedException {
        with("without bounds", UNBOUNDED, (installation, service, requests) -> {
            service.limitTo(SLOW);
            for (int round = 0; round < ROUNDS; round++) {
                add(
                        "service_goodput_without_bounds",
                        goodput(installation, CONNECTIONS, it -> it.open(OVERLOAD * SLOW, LOAD, 200, requests)),
                        SLOW);
            }
        });
    }

    private void asShipped() throws InterruptedException {
        with("as shipped", Map.of(), (installation, service, requests) -> {
            var cores = Cores.find();
            cores.pin(installation.process(Part.GATEWAY), cores.forMeasured());
            cores.pin(ProcessHandle.current(), cores.forLoad());
            for (int round = 0; round < ROUNDS; round++) {
                double peak = peak(installation, requests);
                add("gateway_peak", peak, peak);
                add(
                        "gateway_goodput_of_patient_clients",
                        goodput(installation, CLIENTS, it -> it.patient(LOAD, RETRY_AFTER, 200, requests)),
                        peak);
                add("gateway_goodput", goodput(installation, CLIENTS, it -> it.closed(LOAD, 200, requests)), peak);
            }
            service.limitTo(SLOW);
            for (int round = 0; round < ROUNDS; round++) {
                double peak = peak(installation, requests);
                add("service_peak", peak, peak);
                add(
                        "service_goodput",
                        goodput(installation, CONNECTIONS, it -> it.open(OVERLOAD * SLOW, LOAD, 200, requests)),
                        peak);
            }
        });
    }

    private void add(String name, double value, double baseline) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        ratios.computeIfAbsent(name, _ -> new ArrayList<>()).add(value / baseline);
    }

    private void print() {
        var out = new Figures(System.out);
        values.forEach((name, all) -> {
            double value = median(all);
            out.figure(
                    name,
                    value,
                    "1/s",
                    name.endsWith("_peak") ? 0 : value / median(ratios.getOrDefault(name, List.of())));
        });
        out.figure("failed", wrong, "requests");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private double peak(Installation installation, Requests requests) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), PEAK_CONNECTIONS)) {
            Sent sent = connections.closed(LOAD, 200, requests);
            wrong += sent.failed();
            return sent.rate();
        }
    }

    /** Useful answers a second, after as long a load that is not measured: limits adapt to it. */
    private double goodput(Installation installation, int number, Function<Connections, Sent> load) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), number)) {
            Sent adapting = load.apply(connections);
            System.out.printf("  adapting: %d right of %d%n", adapting.right(), adapting.requests());
            Sent sent = load.apply(connections);
            System.out.printf(
                    "  %d clients: %d of %d right, p99 %.0f ms, others %s%n",
                    number, sent.right(), sent.requests(), sent.latencies().micros(0.99) / 1000, sent.wrong());
            wrong += sent.failed()
                    - sent.wrong().getOrDefault("503", 0)
                    - sent.wrong().getOrDefault("no response", 0);
            return sent.latencies().within(USEFUL) / (sent.time().toNanos() / 1e9);
        }
    }
}
