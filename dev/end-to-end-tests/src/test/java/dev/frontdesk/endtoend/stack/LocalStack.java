package dev.frontdesk.endtoend.stack;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.processes.Starters;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.ProcessIdentity;
import dev.frontdesk.localstack.state.Secrets;
import dev.frontdesk.localstack.state.StackState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The whole suite, started by {@code dev/up} with its own folder and ports, and stopped by {@code dev/down}. */
public final class LocalStack implements AutoCloseable {

    /** Concurrent requests of one account: enough for every journey, and few enough to exceed on purpose. */
    public static final int ACCOUNT_CAPACITY = 40;

    private static final int ACCOUNT_REFILL = 20;
    private static final Duration UP_WITHIN = Duration.ofMinutes(4);
    private static final Duration DOWN_WITHIN = Duration.ofMinutes(2);
    private static final Duration STATUS_WITHIN = Duration.ofSeconds(30);
    private static final Duration WARM_WITHIN = Duration.ofMinutes(1);
    private static final Pattern SETTING = Pattern.compile("(?m)^([A-Z_]+)=(.*)$");

    private final Script scripts;
    private final Map<String, String> environment;
    private final Path home;
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> settings = Map.of();
    private boolean closed;

    private LocalStack(Script scripts, Map<String, String> environment, Path home) {
        this.scripts = scripts;
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    static LocalStack start() {
        Path target = Path.of("target").toAbsolutePath();
        Path home = target.resolve("stack");
        Map<String, String> environment = new HashMap<>(OwnPorts.choose());
        environment.put("FRONTDESK_HOME", home.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("FRONTDESK_GATEWAY_LIMITS_ACCOUNT_CAPACITY", Integer.toString(ACCOUNT_CAPACITY));
        environment.put("FRONTDESK_GATEWAY_LIMITS_ACCOUNT_REFILL", Integer.toString(ACCOUNT_REFILL));
        // They live for two minutes: the second compiler would take more time than it saves.
        for (Part part : Part.services()) {
            environment.put(part.name() + "_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        }
        // A gateway that waits no longer for a busy Redis counts by itself, and no number would be exact.
        environment.put("FRONTDESK_GATEWAY_LIMITS_ANSWERWITHIN", "5s");
        // All tests share a tenant, and many sign up within a minute.
        environment.put("FRONTDESK_NOTIFICATION_JOBS_QUEUES_EMAIL_RATELIMIT", "100000");
        // A test requests another code without waiting a minute, and an application receives webhooks on this machine.
        environment.put("FRONTDESK_REGISTRATION_VERIFICATION_RESENDWAIT", "1s");
        environment.put("FRONTDESK_NOTIFICATION_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8");
        // Logs why it closes a socket, because a client that does not read never sees the reason.
        environment.put("LOGGING_LEVEL_DEV_FRONTDESK_KIT_SOCKETS", "debug");
        environment.put("FRONTDESK_WEBSOCKET_CLOSEWITHIN", "30s");
        // A rotation of the signing keys ends within a test.
        environment.put("FRONTDESK_SIGNING_PUBLISHEDBEFORE", "3s");
        environment.put("FRONTDESK_SIGNING_PUBLISHEDAFTER", "30s");
        // So that a test can use other client addresses than that of this machine, which has no limit.
        environment.put("FRONTDESK_GATEWAY_TRUSTEDPROXIES", "127.0.0.1");
        environment.put("FRONTDESK_GATEWAY_FORWARDAUTH_PROXIES", "127.0.0.1");
        var stack = new LocalStack(new Script(Script.repositoryRoot(), environment, target), environment, home);
        // For a build that is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "dev-down"));
        stack.up();
        return stack;
    }

    private void up() {
        scripts.run(UP_WITHIN, "up", "--detach", "--no-build", "--fresh", "--sample");
        readSettings();
        warmUp();
    }

    private void readSettings() {
        settings = SETTING.matcher(scripts.run(STATUS_WITHIN, "status", "--env"))
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    /**
     * The first requests of new processes are slow, on a busy machine so slow that they time out: they must not affect
     * the tests.
     */
    private void warmUp() {
        var gateway = new Gateway(gatewayUrl());
        var unknownLogin = "{\"email\":\"nobody@example.org\",\"password\":\"no password\"}";
        awaitStatus(401, () -> gateway.get("/api/v1/sessions", "Authorization", "Bearer fds_0_" + "a".repeat(43)));
        awaitStatus(401, () -> gateway.post("/api/v1/sessions", unknownLogin));
        awaitStatus(404, () -> gateway.get("/api/v1/cache/warm/up", "X-API-Key", setting("OPERATOR_KEY")));
    }

    private static void awaitStatus(int status, Callable<Answer> call) {
        await().atMost(WARM_WITHIN)
                .ignoreExceptions()
                .untilAsserted(() -> call.call().expect(status));
    }

    /** What {@code dev/status --env} prints. */
    public Map<String, String> settings() {
        return settings;
    }

    public URI gatewayUrl() {
        return URI.create(setting("GATEWAY_URL"));
    }

    /** The application behind the gateway, as only the gateway should reach it. */
    public URI sampleUrl() {
        return URI.create(setting("SAMPLE_URL"));
    }

    public URI inboxUrl() {
        return URI.create(setting("INBOX_URL"));
    }

    public String operatorKey() {
        return mustNotTell(setting("OPERATOR_KEY"));
    }

    public PostgresView postgres() {
        return new PostgresView(URI.create(setting("POSTGRES_URL")));
    }

    public RedisView redis() {
        return new RedisView(setting("REDIS_URL"));
    }

    /** Logs and data of the processes. */
    public ProcessFiles traces() {
        return new ProcessFiles(home);
    }

    /** Kills a part as a failing machine would. Returns when it has ended. */
    public void kill(String part) {
        ProcessHandle.of(Long.parseLong(setting("PID_" + part))).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** Starts one killed part next to the others that still run; returns when it is ready. */
    public void startAgain(String part) {
        var place = Home.at(home);
        var state = StackState.of(place).orElseThrow();
        var inherited = new HashMap<>(System.getenv());
        inherited.putAll(environment);
        var started = new Starters(place, state.ports(), Secrets.of(place), Script.repositoryRoot(), inherited)
                .start(Part.valueOf(part));
        // dev/down stops it with the others.
        state.with(started.part(), ProcessIdentity.of(started.process().pid()).orElseThrow())
                .writeTo(place);
        await(part).atMost(UP_WITHIN).until(() -> started.ready().getAsBoolean());
        readSettings();
        warmUp();
    }

    /** Records a secret that no process may ever write down, and returns it. */
    public String mustNotTell(String secret) {
        secrets.add(secret);
        return secret;
    }

    public List<String> secrets() {
        return secrets.stream().distinct().toList();
    }

    private String setting(String name) {
        var value = settings.get(name);
        if (value == null) {
            throw new IllegalStateException("dev/status --env does not tell " + name + ", only " + settings.keySet());
        }
        return value;
    }

    /** Stops all running parts, however far the start came. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            scripts.run(DOWN_WITHIN, "down");
        }
    }
}
