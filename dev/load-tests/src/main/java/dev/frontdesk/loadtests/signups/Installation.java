package dev.frontdesk.loadtests.signups;

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

/** The two services that a login needs, with their stores, each a process of its own, on ports and data of their own. */
final class Installation implements AutoCloseable {

    private static final List<Part> STORES = List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA);
    private static final List<Part> SERVICES = List.of(Part.REGISTRATION, Part.SESSION);
    private static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    private final Ports ports;
    private final Secrets secrets;
    private final Starters starters;
    private final List<PartProcess> running = new ArrayList<>();

    private Installation(Path repository, Home home) {
        this.ports = freePorts();
        home.wipe();
        this.secrets = Secrets.of(home);
        this.starters = new Starters(home, ports, secrets, repository, environment());
    }

    /** The local stack lets the services be optimised late, to start soon on a laptop; an image does not. */
    private static Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        for (Part service : SERVICES) {
            environment.putIfAbsent(
                    service.name() + "_JAVA_OPTS", "-XX:Tier4InvocationThreshold=5000 -XX:Tier4CompileThreshold=15000");
        }
        return environment;
    }

    static Installation start(Path repository, Path folder) throws InterruptedException {
        var installation = new Installation(repository, Home.at(folder));
        // Also when somebody presses Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "end-installation"));
        SERVICES.forEach(installation.starters::prepare);
        installation.startAll(STORES);
        installation.startAll(SERVICES);
        return installation;
    }

    private static Ports freePorts() {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, FreePorts.next());
        }
        return new Ports(numbers);
    }

    private void startAll(List<Part> parts) throws InterruptedException {
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

    String url(Part service) {
        return "http://127.0.0.1:" + ports.of(service);
    }

    String kafkaServers() {
        return new Environment(ports, secrets).kafkaServers();
    }

    String secret(String name) {
        return secrets.get(name);
    }

    /** Processor time since each part's start. */
    Map<Part, Duration> processorTime() {
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
     * @param line VmRSS for what is resident now, VmHWM for the most that ever was
     * @return megabytes; not a number where there is no /proc
     */
    double resident(Part service, String line) {
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

    /** Ends what was started, the services first. */
    @Override
    public synchronized void close() {
        for (PartProcess part : running.reversed()) {
            Signals.send(part.process().pid(), part.part().endSignal());
        }
        for (PartProcess part : running.reversed()) {
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
    }
}
