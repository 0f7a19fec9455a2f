package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.servers.PostgresServer;
import dev.frontdesk.localstack.servers.RedisServer;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts each part of one stack as a separate process with its own log. */
public final class Starters {

    private static final Map<Part, String> ALLOWED_NETWORKS = Map.of(
            Part.GATEWAY,
            "FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS",
            Part.CACHE,
            "FRONTDESK_CACHE_NAMESPACES_ALLOWEDNETWORKS");
    private static final String LOOPBACK = "127.0.0.0/8";
    private static final String CLIENT_LIMIT = "FRONTDESK_REGISTRATION_CLIENTLIMIT_RANGES_0_";

    private static final List<String> SIMPLE_LOG = List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final Home home;
    private final Ports ports;
    private final Secrets secrets;
    private final Environment environment;
    private final Map<String, String> inherited;
    private final JavaProcesses java;
    private final Apps apps;

    /**
     * @param repository where the services' modules are
     * @param inherited variables of the caller that the processes get
     */
    public Starters(Home home, Ports ports, Secrets secrets, Path repository, Map<String, String> inherited) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.environment = new Environment(ports, secrets);
        this.inherited = inherited;
        this.java = new JavaProcesses(onThisMachineOnly(inherited));
        this.apps = new Apps(repository, home.apps());
    }

    /**
     * By default, no service listens on the network, and clients on this machine may sign up without a limit:
     * developers do so more often than the clients of an installation.
     */
    private static Map<String, String> onThisMachineOnly(Map<String, String> inherited) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        environment.put(CLIENT_LIMIT + "NETWORKS", "127.0.0.1,::1");
        environment.put(CLIENT_LIMIT + "REFILL", "1000000");
        environment.put(CLIENT_LIMIT + "BURST", "1000000");
        environment.putAll(inherited);
        return environment;
    }

    /** Does everything for a part that does not need another running part. */
    public void prepare(Part part) {
        if (part.hasJar()) {
            apps.of(part);
        }
    }

    /** Returns once the process exists; it is not ready then. */
    public PartProcess start(Part part) {
        Path log = home.newLog(part);
        return switch (part) {
            case POSTGRES -> postgres(log);
            case REDIS -> redis(log);
            case KAFKA -> kafka(log);
            case SMTP -> mailbox(log);
            case SAMPLE -> sample(log);
            default -> service(part, log);
        };
    }

    private PartProcess postgres(Path log) {
        PostgresServer server = PostgresServer.start(
                home.data(Part.POSTGRES), ports.of(Port.POSTGRES), secrets.get(Secrets.POSTGRES_PASSWORD), log);
        return new PartProcess(Part.POSTGRES, server.process(), log, server::isReady);
    }

    private PartProcess redis(Path log) {
        RedisServer server = RedisServer.start(
                home.data(Part.REDIS), ports.of(Port.REDIS), secrets.get(Secrets.REDIS_PASSWORD), log);
        return new PartProcess(Part.REDIS, server.process(), log, server::isReady);
    }

    private PartProcess kafka(Path log) {
        Path data = home.data(Part.KAFKA);
        Path ready = data.resolveSibling("kafka.ready");
        try {
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> program = program(
                KafkaProcess.class,
                data.toString(),
                number(Port.KAFKA),
                number(Port.KAFKA_CONTROLLER),
                ready.toString());
        return new PartProcess(
                Part.KAFKA, java.start(Part.KAFKA, program, Map.of(), log), log, () -> Files.exists(ready));
    }

    private PartProcess mailbox(Path log) {
        List<String> program =
                program(MailboxProcess.class, home.data(Part.SMTP).toString(), number(Port.SMTP), number(Port.INBOX));
        return new PartProcess(
                Part.SMTP, java.start(Part.SMTP, program, Map.of(), log), log, () -> Health.inbox(ports));
    }

    /**
     * Starts the run that writes the AOT cache of a service; the caller waits for it, or stops it.
     *
     * @return empty if the service has its cache, or is no Spring Boot application
     */
    public Optional<Training> train(Part service, Path log) {
        Path jar = apps.of(service);
        Path cache = AotCaches.of(jar);
        if (Files.exists(cache) || !Files.isDirectory(jar.resolveSibling("lib"))) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>(environment.of(service));
        AotCaches.nowhere().forEach(variables::replace);
        variables.put("SPRING_FLYWAY_ENABLED", "false");
        Path draft = jar.resolveSibling("app.aot.new");
        Process run = java.start(service, AotCaches.training(jar, draft), variables, log);
        return Optional.of(new Training(run, draft, cache));
    }

    /** A training run in progress. */
    public record Training(Process run, Path draft, Path cache) {

        /** Keeps the cache if the run has succeeded. */
        public void end() {
            try {
                if (run.exitValue() == 0 && Files.exists(draft)) {
                    Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.deleteIfExists(draft);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PartProcess service(Part service, Path log) {
        Path jar = apps.of(service);
        List<String> program = new ArrayList<>(AotCaches.flags(jar));
        program.addAll(List.of("-jar", jar.toString()));
        Process process = java.start(service, program, variablesOf(service), log);
        return new PartProcess(service, process, log, () -> Health.service(service, ports));
    }

    /**
     * Once there was a sample application, the gateway may have routes to applications on this machine, and the cache origins: they
     * would not be used without this, also in a start without the sample.
     */
    private Map<String, String> variablesOf(Part service) {
        Map<String, String> variables = new HashMap<>(environment.of(service));
        String networks = ALLOWED_NETWORKS.get(service);
        if (networks != null && secrets.has(Secrets.SAMPLE_API_KEY)) {
            String others = inherited.getOrDefault(networks, "");
            variables.put(networks, others.isBlank() ? LOOPBACK : others + "," + LOOPBACK);
        }
        return variables;
    }

    private PartProcess sample(Path log) {
        List<String> program = new ArrayList<>(SIMPLE_LOG);
        program.addAll(List.of("-jar", apps.of(Part.SAMPLE).toString()));
        Process process = java.start(Part.SAMPLE, program, environment.of(Part.SAMPLE), log);
        return new PartProcess(Part.SAMPLE, process, log, () -> Health.sample(ports));
    }

    private static List<String> program(Class<?> main, String... arguments) {
        List<String> program = new ArrayList<>(SIMPLE_LOG);
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        program.addAll(List.of(arguments));
        return program;
    }

    private String number(Port port) {
        return Integer.toString(ports.of(port));
    }
}
