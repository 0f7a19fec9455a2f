package dev.frontdesk.loadtests.installation;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.processes.Environment;
import dev.frontdesk.localstack.processes.PartProcess;
import dev.frontdesk.localstack.processes.Starters;
import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.servers.Signals;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Services with their stores, each a separate process, with their own ports and data. */
public final class Installation implements AutoCloseable {

    /**
     * The JVM's defaults. The local stack delays optimisation in services and starts with a small heap, for a laptop; an
     * image does not.
     */
    public static final String OPTIMISED_AS_USUAL = "-XX:Tier4InvocationThreshold=5000 -XX:Tier4CompileThreshold=15000"
            + " -XX:InitialHeapSize=0 -XX:NewRatio=2";

    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    private final Secrets secrets;
    private final Ports ports;
    private final Ports portsOfTwins;
    private final Starters starters;
    private final Starters startersOfTwins;
    private final List<PartProcess> running = new ArrayList<>();
    private final List<PartProcess> twins = new ArrayList<>();

    /**
     * What is started, and how.
     *
     * @param twice services with a second instance; second instances only know each other
     * @param elsewhere ports of services that the load test itself replaces
     * @param settings variables for all of them
     */
    public record Plan(
            List<Part> stores,
            List<Part> services,
            List<Part> twice,
            Map<Port, Integer> elsewhere,
            Map<String, String> settings) {}

    private Installation(Path repository, Path folder, Plan plan) {
        Home home = Home.at(folder);
        home.wipe();
        this.secrets = Secrets.of(home);
        this.ports = freePorts(plan.elsewhere());
        this.portsOfTwins = portsOfTwins(ports, plan.twice());
        this.starters = new Starters(home, ports, secrets, repository, environment(plan));
        Home homeOfTwins = Home.at(folder.resolve("twins"));
        this.startersOfTwins = new Starters(homeOfTwins, portsOfTwins, secrets, repository, environment(plan));
    }

    private static Map<String, String> environment(Plan plan) {
        var environment = new HashMap<>(System.getenv());
        for (Part service : plan.services()) {
            environment.putIfAbsent(service.name() + "_JAVA_OPTS", OPTIMISED_AS_USUAL);
        }
        environment.putAll(plan.settings());
        return environment;
    }

    public static Installation start(Path repository, Path folder, Plan plan) throws InterruptedException {
        var installation = new Installation(repository, folder, plan);
        // Also after Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "end-installation"));
        plan.services().forEach(installation.starters::prepare);
        plan.twice().forEach(installation.startersOfTwins::prepare);
        installation.startAll(installation.starters, plan.stores(), installation.running);
        installation.startAll(installation.starters, plan.services(), installation.running);
        installation.startAll(installation.startersOfTwins, plan.twice(), installation.twins);
        return installation;
    }

    private static Ports freePorts(Map<Port, Integer> elsewhere) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (Port port : Port.values()) {
            Integer known = elsewhere.get(port);
            numbers.put(port, known == null ? FreePorts.next() : known);
        }
        return new Ports(numbers);
    }

    private static Ports portsOfTwins(Ports ports, List<Part> twice) {
        var numbers = new EnumMap<Port, Integer>(ports.numbers());
        for (Port port : Port.values()) {
            if (twice.contains(port.part())) {
                numbers.put(port, FreePorts.next());
            }
        }
        return new Ports(numbers);
    }

    private void startAll(Starters starters, List<Part> parts, List<PartProcess> running) throws InterruptedException {
        var starting = new ArrayList<PartProcess>();
        for (Part part : parts) {
            PartProcess process = starters.start(part);
            running.add(process);
            starting.add(process);
        }
        long end = System.nanoTime() + START_WITHIN.toNanos();
        for (PartProcess process : starting) {
            while (!process.ready().getAsBoolean()) {
                if (!process.process().isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException(process.part().title() + " did not start, see " + process.log());
                }
                Thread.sleep(100);
            }
        }
    }

    public String url(Part service) {
        return "http://127.0.0.1:" + ports.of(service);
    }

    public int port(Part service) {
        return ports.of(service);
    }

    /** Where a service publishes its health and metrics. */
    public String managementUrl(Part service) {
        return "http://127.0.0.1:" + ports.of(Port.managementOf(service).orElseThrow());
    }

    /** The log that a service writes now. */
    public Path log(Part service) {
        return started(service).log();
    }

    public ProcessHandle process(Part service) {
        return started(service).process().toHandle();
    }

    private PartProcess started(Part service) {
        return running.stream()
                .filter(it -> it.part() == service)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(service.title() + " was not started"));
    }

    public String urlOfTwin(Part service) {
        return "http://127.0.0.1:" + portsOfTwins.of(service);
    }

    /** The inbox page. */
    public String inboxUrl() {
        return new Environment(ports, secrets).inboxUrl();
    }

    public String redisUrl() {
        return new Environment(ports, secrets).redisUrl();
    }

    public String kafkaServers() {
        return new Environment(ports, secrets).kafkaServers();
    }

    /** The environment of a service, for one that the load test starts itself. */
    public Map<String, String> environmentOf(Part service) {
        return new Environment(ports, secrets).of(service);
    }

    public String secret(String name) {
        return secrets.get(name);
    }

    /** Processor time since the start of each part, without the second instances. */
    public Map<Part, Duration> processorTime() {
        var times = new HashMap<Part, Duration>();
        for (PartProcess part : running) {
            times.put(part.part(), tree(part.process().toHandle()));
        }
        return times;
    }

    private static Duration tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * @param line VmRSS for the current resident memory, VmHWM for its peak
     * @return megabytes; not a number without /proc
     */
    public double resident(Part service, String line) {
        for (PartProcess part : running) {
            if (part.part() == service) {
                return megabytes(Path.of("/proc/" + part.process().pid() + "/status"), line);
            }
        }
        return Double.NaN;
    }

    private static double megabytes(Path status, String name) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    /** Stops everything that was started, services first. */
    @Override
    public synchronized void close() {
        List<PartProcess> all = Stream.concat(running.stream(), twins.stream()).toList();
        for (PartProcess part : all.reversed()) {
            Signals.send(part.process().pid(), part.part().endSignal());
        }
        for (PartProcess part : all.reversed()) {
            try {
                if (!part.process().waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    part.process().destroyForcibly();
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                part.process().destroyForcibly();
            }
        }
        running.clear();
        twins.clear();
    }
}
