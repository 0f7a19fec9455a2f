package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.installation.RaisedLimits;
import dev.frontdesk.loadtests.machine.Noise;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A gigabyte each way through the gateway to an application, beside nginx to the same one. */
final class StreamSection {

    private static final long BYTES = 1L << 30;
    private static final double MEGABYTE = 1e6;

    /** For each way and process: the gateway compiles what it needs. */
    private static final int WARM_UP = 4;

    private final Section section;
    private final Installation installation;
    private final List<Way> ways = new ArrayList<>();

    private StreamSection(Section section, Installation installation) {
        this.section = section;
        this.installation = installation;
    }

    /** One direction through one process, and what its rounds took. */
    private record Way(
            String name, String baseline, Proxy proxy, boolean upload, List<Double> rates, List<Double> processor) {

        Way(String name, String baseline, Proxy proxy, boolean upload) {
            this(name, baseline, proxy, upload, new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Proxy(ProcessHandle process, int port) {

        /** Seconds. */
        double processor() {
            return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
        }
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting the stores, the gateway, nginx and an application …");
        try (var neighbours = new Neighbours();
                var application = LargeBodies.start(BYTES);
                var collector = new Collector();
                var installation = start(section, neighbours, application, collector);
                var nginx = Nginx.start(section.folder(), application.port())) {
            new StreamSection(section, installation).run(new Proxy(nginx.process(), nginx.port()));
        }
    }

    private static Installation start(
            Section section, Neighbours neighbours, LargeBodies application, Collector collector)
            throws InterruptedException {
        neighbours.route("""
                {"routes": [{"id": "app", "paths": ["/app/**"], "upstreams": [{"url": "http://127.0.0.1:%d"}],
                 "allow": {"anonymous": true}, "body_limit_bytes": %d}]}""".formatted(application.port(), BYTES));
        return Installation.start(section.repository(), section.folder(), plan(section, neighbours, collector));
    }

    private static Plan plan(Section section, Neighbours neighbours, Collector collector) {
        return new Plan(
                List.of(Part.REDIS, Part.KAFKA),
                List.of(Part.SESSION, Part.GATEWAY),
                List.of(),
                Map.of(Port.REGISTRATION, neighbours.registrationPort()),
                section.asShipped(
                        Part.GATEWAY,
                        collector,
                        RaisedLimits.and(Map.of("FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS", "127.0.0.0/8"))));
    }

    private void run(Proxy nginx) {
        var gateway = new Proxy(installation.process(Part.GATEWAY), installation.port(Part.GATEWAY));
        Machine machine = section.machine();
        ways.add(new Way("nginx_download", "", nginx, false));
        ways.add(new Way("gateway_download", "nginx_download", gateway, false));
        ways.add(new Way("nginx_upload", "", nginx, true));
        ways.add(new Way("gateway_upload", "nginx_upload", gateway, true));
        System.out.println("Warming up on all processors");
        for (int i = 0; i < (section.options().quick() ? 1 : WARM_UP); i++) {
            ways.forEach(way -> transfer(way.proxy(), way.upload()));
        }
        try (Noise noise = machine.separateProcesses(List.of(nginx.process(), gateway.process()))) {
            System.out.println("Measuring");
            double before = resident("VmRSS");
            for (int round = 1; round <= section.options().rounds(); round++) {
                for (Way way : ways) {
                    measure(way, round, noise);
                }
            }
            section.results().add(Figure.of("gateway_streams_resident", resident("VmRSS"), "MB", before));
            section.results().add(Figure.of("gateway_streams_peak", resident("VmHWM"), "MB", before));
        } finally {
            machine.share();
        }
        ways.forEach(this::report);
    }

    private void measure(Way way, int round, Noise noise) {
        Noise.Snapshot quiet = noise.snapshot();
        double used = way.proxy().processor();
        double seconds = transfer(way.proxy(), way.upload());
        double processor = way.proxy().processor() - used;
        section.results().noise(way.name(), noise.since(quiet));
        way.rates().add(BYTES / MEGABYTE / seconds);
        way.processor().add(processor * 1e9 / BYTES);
        System.out.printf(
                Locale.ROOT,
                "  round %d, %s: %.0f MB/s, %.2f s of processor%n",
                round,
                way.name(),
                BYTES / MEGABYTE / seconds,
                processor);
    }

    private static double transfer(Proxy proxy, boolean upload) {
        return upload ? LargeBodies.upload(proxy.port(), BYTES) : LargeBodies.download(proxy.port(), BYTES);
    }

    private void report(Way way) {
        Way base = ways.stream()
                .filter(it -> it.name().equals(way.baseline()))
                .findFirst()
                .orElse(null);
        section.results()
                .add(figure(way.name() + "_rate", "MB/s", way.rates(), base == null ? List.of() : base.rates()));
        section.results()
                .add(figure(
                        way.name() + "_processor",
                        "s/GB",
                        way.processor(),
                        base == null ? List.of() : base.processor()));
    }

    private static Figure figure(String name, String unit, List<Double> rounds, List<Double> ofBase) {
        return Figure.of(name, Measurements.median(rounds), unit, 0)
                .withRatio(Measurements.ratio(rounds, ofBase))
                .withSpread(Measurements.spread(rounds));
    }

    private double resident(String line) {
        return installation.resident(Part.GATEWAY, line);
    }
}
