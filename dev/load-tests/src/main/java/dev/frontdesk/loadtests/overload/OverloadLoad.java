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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

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

    private final Figures figures = new Figures(System.out);
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
        double without = load.withoutBounds();
        load.asShipped(without);
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

    /** @return useful answers a second while the service is overloaded, if the gateway passes everything on */
    private double withoutBounds() throws InterruptedException {
        var median = new double[1];
        with("without bounds", UNBOUNDED, (installation, service, requests) -> {
            service.limitTo(SLOW);
            median[0] = median(() -> overload(installation, OVERLOAD * SLOW, requests, false));
        });
        return median[0];
    }

    private void asShipped(double without) throws InterruptedException {
        with("as shipped", Map.of(), (installation, service, requests) -> {
            var cores = Cores.find();
            cores.pin(installation.process(Part.GATEWAY), cores.forMeasured());
            cores.pin(ProcessHandle.current(), cores.forLoad());
            double gatewayPeak = median(() -> peak(installation, requests));
            figures.figure("gateway_peak", gatewayPeak, "1/s");
            double patient = median(() -> patient(installation, requests));
            figures.figure("gateway_goodput_of_patient_clients", patient, "1/s", gatewayPeak);
            double gateway = median(() -> overload(installation, OVERLOAD * gatewayPeak, requests, true));
            figures.figure("gateway_goodput", gateway, "1/s", gatewayPeak);

            service.limitTo(SLOW);
            double peak = median(() -> peak(installation, requests));
            figures.figure("service_peak", peak, "1/s");
            double bounded = median(() -> overload(installation, OVERLOAD * SLOW, requests, true));
            figures.figure("service_goodput", bounded, "1/s", peak);
            figures.figure("service_goodput_without_bounds", without, "1/s", peak);
        });
        figures.figure("failed", wrong, "requests");
    }

    private static double median(DoubleSupplier measured) {
        double[] values = DoubleStream.generate(measured).limit(ROUNDS).sorted().toArray();
        System.out.println("  " + Arrays.toString(values));
        return values[values.length / 2];
    }

    private double peak(Installation installation, Requests requests) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), PEAK_CONNECTIONS)) {
            Sent sent = connections.closed(LOAD, 200, requests);
            wrong += sent.failed();
            return sent.rate();
        }
    }

    /** Clients that wait for Retry-After. */
    private double patient(Installation installation, Requests requests) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), CLIENTS)) {
            Sent sent = connections.patient(LOAD, RETRY_AFTER, 200, requests);
            System.out.printf(
                    "  %d clients: %d of %d right, p99 %.0f ms, others %s%n",
                    CLIENTS, sent.right(), sent.requests(), sent.latencies().micros(0.99) / 1000, sent.wrong());
            wrong += sent.failed() - sent.wrong().getOrDefault("503", 0);
            return sent.latencies().within(USEFUL) / (double) LOAD.toSeconds();
        }
    }

    /** @param only503 whether every other answer than 200 and 503 is wrong */
    private double overload(Installation installation, double rate, Requests requests, boolean only503) {
        try (var connections = Connections.open(installation.port(Part.GATEWAY), CONNECTIONS)) {
            Sent sent = connections.open(rate, LOAD, 200, requests);
            System.out.printf(
                    "  %.0f/s: %d of %d right, p99 %.0f ms, others %s%n",
                    rate, sent.right(), sent.requests(), sent.latencies().micros(0.99) / 1000, sent.wrong());
            if (only503) {
                // Requests that were still waiting for a connection or an answer are late, not wrong.
                wrong += sent.failed()
                        - sent.wrong().getOrDefault("503", 0)
                        - sent.wrong().getOrDefault("no response", 0);
            }
            return sent.latencies().within(USEFUL) / (double) LOAD.toSeconds();
        }
    }
}
