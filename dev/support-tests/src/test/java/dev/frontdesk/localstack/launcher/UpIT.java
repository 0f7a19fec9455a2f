package dev.frontdesk.localstack.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.servers.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class UpIT {

    private Checkout checkout;

    @BeforeEach
    void checkOut() {
        checkout = new Checkout();
    }

    @AfterEach
    void discard() {
        checkout.close();
    }

    @Test
    void startsDetachedReportsItsStatusAndStops() {
        var up = checkout.with("FRONTDESK_SOME_LIMIT", "7").run("up", "--no-build", "--detach");
        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output())
                .contains("Frontdesk is ready after", "http://127.0.0.1:" + checkout.ports.of(Port.GATEWAY))
                .contains("http://127.0.0.1:" + checkout.ports.of(Port.INBOX), "logs/kafka.log", "fdo_");

        var status = checkout.run("status");
        assertThat(status.exit()).as(status.output()).isZero();
        assertThat(status.output().lines().filter(line -> line.contains(" runs ")))
                .hasSize(Part.required().size());

        Map<String, String> variables = checkout.variables();
        assertThat(variables)
                .containsKeys("GATEWAY_URL", "INBOX_URL", "OPERATOR_KEY", "POSTGRES_URL", "REDIS_URL", "KAFKA_SERVERS")
                .containsKeys("SMTP_PORT", "PID_POSTGRES", "PID_REDIS", "PID_KAFKA", "PID_SMTP", "PID_GATEWAY")
                .containsKeys("PID_REGISTRATION", "PID_SESSION", "PID_NOTIFICATION", "PID_CACHE");
        assertThat(variables.values()).allMatch(value -> value.matches("[A-Za-z0-9:/@._-]+"));
        assertThat(checkout.get(Port.GATEWAY, "/"))
                .contains("FRONTDESK_SOME_LIMIT=7\n", "SERVER_ADDRESS=127.0.0.1\n")
                .contains("FRONTDESK_OPERATOR_KEY=" + variables.get("OPERATOR_KEY") + "\n")
                .contains("REDIS_URL=" + variables.get("REDIS_URL") + "\n")
                .doesNotContain("FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS");

        // A paused process does not receive the stop.
        Signals.send(Long.parseLong(variables.getOrDefault("PID_GATEWAY", "")), "STOP");
        var paused = checkout.run("status");
        assertThat(paused.exit()).isEqualTo(1);
        assertThat(paused.output()).containsPattern("gateway .* silent ");

        var down = checkout.run("down");
        assertThat(down.exit()).isZero();
        assertThat(down.output())
                .contains("Stopped postgres, redis, kafka, smtp, registration")
                .doesNotContain("killed");
        assertThat(checkout.run("status").exit()).isEqualTo(1);
        assertNothingListens();

        var nothing = checkout.run("down");
        assertThat(nothing.exit()).isZero();
        assertThat(nothing.output()).contains("Nothing is running.");
    }

    @Test
    void trainsAnAotCacheThatTheNextStartUses() throws Exception {
        checkout.with("FRONTDESK_AOT", "on").run("up", "--no-build", "--detach");
        Path app = extracted(Part.CACHE);
        // As if it had been extracted from a Spring Boot jar.
        Files.createDirectory(app.resolve("lib"));
        checkout.run("up", "--no-build", "--detach");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(app.resolve("app.aot")));

        var up = checkout.run("up", "--no-build", "--detach");

        assertThat(up.exit()).as(up.output()).isZero();
        var cache = checkout.processes().get(Part.CACHE.ordinal()).info().arguments();
        assertThat(cache.orElseThrow()).contains("-XX:AOTCache=" + app.resolve("app.aot"));
        assertThat(Files.readString(checkout.home().resolve("logs/cache.log"))).doesNotContain("[aot]");
    }

    private Path extracted(Part service) throws IOException {
        try (var apps = Files.list(checkout.home().resolve("apps"))) {
            return apps.filter(app -> app.getFileName().toString().startsWith(service.title() + "-"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    /** The stand-in of the gateway answers every request with its environment, and so with that key. */
    @Test
    void startsTheSampleApplicationBehindTheGateway() throws IOException {
        checkout.with("FRONTDESK_SOME_ANSWER", "{\"key\":\"fdk_first\"}")
                .with("FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS", "10.0.0.0/8");
        var up = checkout.run("up", "--no-build", "--detach", "--sample");
        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output())
                .contains("http://127.0.0.1:" + checkout.ports.of(Port.GATEWAY) + "/shop", "logs/sample.log");
        assertThat(checkout.run("status").output()).containsPattern("sample .* runs ");
        assertThat(checkout.variables())
                .containsEntry("SAMPLE_URL", "http://127.0.0.1:" + checkout.ports.of(Port.SAMPLE))
                .containsKey("PID_SAMPLE");
        assertThat(checkout.get(Port.GATEWAY, "/"))
                .contains("FRONTDESK_GATEWAY_UPSTREAMS_ALLOWEDNETWORKS=10.0.0.0/8,127.0.0.0/8\n");
        assertThat(checkout.get(Port.CACHE, "/")).contains("FRONTDESK_CACHE_NAMESPACES_ALLOWEDNETWORKS=127.0.0.0/8\n");
        assertThat(checkout.get(Port.SAMPLE, "/"))
                .contains("FRONTDESK_API_KEY=fdk_first\n")
                .contains("FRONTDESK_URL=http://127.0.0.1:" + checkout.ports.of(Port.GATEWAY) + "\n")
                .doesNotContain("FRONTDESK_OPERATOR_KEY", "REDIS_URL");

        checkout.with("FRONTDESK_SOME_ANSWER", "{\"key\":\"fdk_second\"}");
        checkout.run("up", "--no-build", "--detach", "--sample");
        assertThat(checkout.get(Port.SAMPLE, "/")).contains("FRONTDESK_API_KEY=fdk_first\n");

        checkout.run("down");
        try (ServerSocket other =
                new ServerSocket(checkout.ports.of(Port.SAMPLE), 1, InetAddress.getLoopbackAddress())) {
            assertThat(checkout.run("up", "--no-build", "--detach", "--sample").output())
                    .contains("port " + other.getLocalPort() + " of sample is used by another program");
            var without = checkout.run("up", "--no-build", "--detach");
            assertThat(without.exit()).as(without.output()).isZero();
        }
        assertThat(checkout.run("status").output()).doesNotContain("sample");
        // Or it would not read the routes to applications on this machine.
        assertThat(checkout.get(Port.GATEWAY, "/")).contains("10.0.0.0/8,127.0.0.0/8\n");
        assertThat(checkout.run("down").exit()).isZero();
        assertNothingListens();
    }

    @Test
    void keepsDataUntilAFreshStart() throws Exception {
        checkout.run("up", "--no-build", "--detach");
        Map<String, String> first = checkout.variables();
        execute(first, "CREATE TABLE kept (n int)");
        assertThat(Files.getPosixFilePermissions(checkout.home().resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(checkout.home()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));

        var second = checkout.run("up", "--no-build", "--detach");
        assertThat(second.output()).contains("Stopping the detached stack: postgres (");
        assertThat(checkout.variables().get("POSTGRES_URL")).isEqualTo(first.get("POSTGRES_URL"));
        execute(first, "SELECT n FROM kept");

        var killed = checkout.processes();
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(process -> process.onExit().join());
        assertThat(checkout.run("status").exit()).isEqualTo(1);
        var third = checkout.run("up", "--no-build", "--detach");
        assertThat(third.exit()).as(third.output()).isZero();
        execute(first, "SELECT n FROM kept");

        var fresh = checkout.run("up", "--no-build", "--detach", "--fresh");
        assertThat(fresh.exit()).as(fresh.output()).isZero();
        assertThat(checkout.variables().get("POSTGRES_URL")).isNotEqualTo(first.get("POSTGRES_URL"));
        execute(checkout.variables(), "CREATE TABLE kept (n int)");
    }

    @Test
    void endsWhatAKilledLauncherLeft() throws Exception {
        Process script = checkout.start("up", "--no-build");
        awaitReady(script);
        List<ProcessHandle> parts = checkout.processes();
        ProcessHandle launcher = checkout.script("up").children().findFirst().orElseThrow();
        launcher.destroyForcibly();
        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isNotZero();
        assertThat(parts).allMatch(ProcessHandle::isAlive);

        var next = checkout.run("up", "--no-build", "--detach");
        assertThat(next.exit()).as(next.output()).isZero();
        assertThat(next.output())
                .contains("Stopping what a killed launcher left running: postgres ("
                        + parts.getFirst().pid());
        assertThat(parts).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void stopsInOrderOnInterruptAndCallsThatSuccess() throws Exception {
        Process script = checkout.start("up", "--no-build");
        awaitReady(script);
        checkout.pressCtrlC("up");
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isZero();
        String output = checkout.output("up");
        assertThat(output).contains("Stopping");
        List<String> ended = output.substring(output.indexOf("Stopping"))
                .lines()
                .filter(line -> line.contains(" ended "))
                .map(line -> line.trim().split(" ")[0])
                .toList();
        assertThat(ended.subList(0, 5))
                .containsExactlyInAnyOrder("registration", "session", "notification", "cache", "gateway");
        assertThat(ended.subList(5, 9)).containsExactly("kafka", "postgres", "redis", "smtp");
        assertNothingListens();
    }

    @Test
    void stopsWhatHasStartedWhenInterruptedHalfway() throws Exception {
        checkout.with("FAKE_SILENT_AT", port(Port.SESSION));
        Process script = checkout.start("up", "--no-build");
        await().atMost(Duration.ofSeconds(60)).until(() -> checkout.output("up").contains("gateway"));
        checkout.pressCtrlC("up");
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isZero();
        assertNothingListens();
    }

    @Test
    void refusesASecondLauncherWhileOneWatches() throws Exception {
        Process first = checkout.start("up", "--no-build");
        awaitReady(first);
        Process second = new ProcessBuilder("bash", "dev/up", "--no-build")
                .directory(checkout.root.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(second.getInputStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(said).contains("already used by another dev/up").contains("dev/down");
        assertThat(first.isAlive()).isTrue();

        var down = checkout.run("down");
        assertThat(down.exit()).isZero();
        assertThat(down.output()).contains("Asking the attached dev/up to stop", "Stopped postgres");
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
    }

    @Test
    void namesTheTakenPortAndItsVariableBeforeAnythingStarts() throws IOException {
        try (ServerSocket other =
                new ServerSocket(checkout.ports.of(Port.SESSION_MANAGEMENT), 1, InetAddress.getLoopbackAddress())) {
            var up = checkout.run("up", "--no-build");
            assertThat(up.exit()).isEqualTo(1);
            assertThat(up.output().lines())
                    .containsExactly("frontdesk: port " + other.getLocalPort()
                            + " of session is used by another program: stop it, or choose another port with"
                            + " SESSION_MANAGEMENT_PORT");
            assertThat(checkout.home().resolve("data/postgres")).doesNotExist();
        }
    }

    @Test
    void showsTheLogOfAServiceThatDiesAtItsStart() {
        checkout.with("FAKE_DIES_AT", port(Port.REGISTRATION));
        var up = checkout.run("up", "--no-build", "--detach");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output())
                .contains(
                        "registration ended with exit code 7; last lines of ",
                        "logs/registration.log",
                        "no lüçk today");
        assertNothingListens();
    }

    @Test
    void saysInOneLineHowToStartOverOnDataOfAnotherLayout() {
        checkout.with("FAKE_DIES_AT", port(Port.REGISTRATION))
                .with("FAKE_LAST_WORDS", "The database has another layout than this version: migration 1");
        var up = checkout.run("up", "--no-build", "--detach");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output().lines())
                .contains("frontdesk: the data in " + checkout.home()
                        + " have another layout than this version of registration: dev/up --fresh starts over");
        assertThat(up.output()).doesNotContain("the end of ", "migration 1");
        assertNothingListens();
    }

    @Test
    void givesUpOnAServiceThatNeverBecomesReady() {
        checkout.with("FAKE_SILENT_AT", port(Port.CACHE)).with("FRONTDESK_START_TIMEOUT", "15");
        var up = checkout.run("up", "--no-build");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output())
                .contains("was not ready after 15 s (FRONTDESK_START_TIMEOUT changes that); last lines of ");
        assertNothingListens();
    }

    @Test
    void stopsTheRestWhenAWatchedPartDies() throws Exception {
        Process script = checkout.start("up", "--no-build");
        awaitReady(script);
        checkout.processes().get(Part.REDIS.ordinal()).destroyForcibly();
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isEqualTo(1);
        assertThat(checkout.output("up")).contains("redis ended with exit code 137; last lines of ");
        assertNothingListens();
    }

    @Test
    void saysThatNothingIsBuilt() throws IOException {
        Files.delete(checkout.root.resolve("session-service/target/session-service-0.1.0-SNAPSHOT-exec.jar"));
        var up = checkout.run("up", "--no-build");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output()).contains("no *-exec.jar in session-service/target: run dev/up without --no-build");
        assertNothingListens();
    }

    private String port(Port port) {
        return Integer.toString(checkout.ports.of(port));
    }

    private void awaitReady(Process script) {
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> !script.isAlive())
                .until(() -> checkout.output("up").contains("Ctrl-C stops all of it."));
    }

    private void assertNothingListens() {
        assertThat(checkout.ports.numbers().values()).noneMatch(Ports::answers);
    }

    private static void execute(Map<String, String> variables, String sql) throws Exception {
        String url = variables.getOrDefault("POSTGRES_URL", "");
        String password = url.substring(url.indexOf("frontdesk:") + 10, url.indexOf('@'));
        String address = url.substring(url.indexOf('@') + 1);
        try (var connection = DriverManager.getConnection("jdbc:postgresql://" + address, "frontdesk", password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
