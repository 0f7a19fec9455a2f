package dev.frontdesk.endtoend.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.people.Routes;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import dev.frontdesk.localstack.servers.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/guides/limits.md: its commands, and its service. Needs Node.js. */
@Tag("other-languages")
@WithStack
class LimitsGuideIT {

    private static final Guide GUIDE = Guide.of("limits");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MANY = 24;
    private static final int ALLOWED = 10;
    private static final int ALL_ROWS = 10_000;
    private static final int ROWS = ALL_ROWS / ALLOWED;

    private final LocalStack stack;
    private final String user = "user-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    LimitsGuideIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void aRouteLimitsAKeyAsThePageSays() throws Exception {
        var page = GUIDE.section("Limit a route");
        try (var service = new ExportService(stack, folder)) {
            service.run(page.blocks("bash").getFirst());

            String printed = service.run(page.blocks("bash").getLast());

            assertThat(printed.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                    .containsExactly(
                            "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 429 Too Many Requests");
            assertThat(printed).contains("\"app.reports-hour\";r=2;t=").contains("Retry-After: ");
            String problem = printed.lines().toList().getLast();
            assertThat(withoutTimes(problem)).isEqualTo(withoutTimes(page.block("json")));
        } finally {
            new Routes(stack).remove("reports");
        }
    }

    @Test
    void checksAnswerWhatThePageShows() throws Exception {
        var page = GUIDE.section("Ask about a limit");
        var shown = page.blocks("json");
        try (var service = new ExportService(stack, folder)) {
            var taken = service.run(page.blocks("bash").getFirst()).lines().toList();
            assertThat(withoutTimes(taken.getFirst())).isEqualTo(withoutTimes(shown.getFirst()));
            assertThat(withoutTimes(taken.getLast())).isEqualTo(withoutTimes(shown.get(1)));

            var others = service.run(page.blocks("bash").get(1))
                    .lines()
                    .map(JSON::readTree)
                    .toList();
            assertThat(others).hasSize(3);
            assertThat(others.getFirst().get("allowed").asBoolean()).isFalse();
            assertThat(others).extracting(LimitsGuideIT::used).containsExactly(70, 50, 50);

            String refused = service.run(page.blocks("bash").getLast());
            assertThat(withoutTimes(refused)).isEqualTo(withoutTimes(shown.getLast()));
        }
    }

    private static int used(JsonNode checked) {
        return checked.at("/bounds/0/used").asInt();
    }

    private static JsonNode withoutTimes(String json) {
        return JSON.readTree(
                json.replaceAll("(\"(?:reset_ms|retry_after)\": ?|;t=|\"Retry-After\": ?\")[0-9]+", "$10"));
    }

    @Test
    void exactlyAsManyExportsPassAsThePolicyAllows() throws Exception {
        try (var service = new ExportService(stack, folder).started()) {
            var answers = service.exportAtOnce(MANY, user, ROWS);

            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(ALLOWED);
            var refused =
                    answers.stream().filter(answer -> answer.status() != 201).toList();
            assertThat(refused).hasSize(MANY - ALLOWED).allSatisfy(LimitsGuideIT::saysWhenToComeAgain);
            var other = service.export(user + "0", ALL_ROWS).expect(201);
            assertThat(other.header("X-RateLimit-Remaining-Hour")).isEqualTo("0");
            service.export(user + "1", ALL_ROWS + 1).expect(400);
        }
    }

    private static void saysWhenToComeAgain(Answer answer) {
        answer.expect(429);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.field("retry_after")).isEqualTo(answer.header("Retry-After"));
        assertThat(answer.header("RateLimit")).startsWith("\"exports-hour\";r=0;");
        assertThat(answer.field("reason")).isEqualTo("per_hour");
    }

    @Test
    void thePagesExportsAreLimited() throws Exception {
        try (var service = new ExportService(stack, folder).started()) {
            assertThat(service.called().lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                    .containsExactly("HTTP/1.1 201 Created", "HTTP/1.1 201 Created", "HTTP/1.1 429 Too Many Requests");
        }
    }

    @Test
    void aFailedExportDoesNotCount() throws Exception {
        try (var service = new ExportService(stack, folder).started()) {
            service.export(user, ROWS).expect(201);
            service.run("mv exports away");
            for (int i = 0; i < 3; i++) {
                service.export(user, ALL_ROWS - ROWS).expect(500);
            }

            service.run("mv away exports");
            service.export(user, ALL_ROWS - ROWS).expect(201);
            service.export(user, 1).expect(429);
        }
    }

    @Test
    void withoutFrontdeskExportsAreRefused() throws Exception {
        String unreachable = "http://127.0.0.1:" + FreePorts.next();
        try (var service = new ExportService(stack, folder).started("GATEWAY_URL", unreachable)) {
            assertThat(service.export(user, ROWS).expect(503).header("Retry-After"))
                    .isEqualTo("30");
            assertThat(service.printed()).contains("no decision about " + user + " ECONNREFUSED");
        }
    }

    @Test
    void withoutAnAnswerOfFrontdeskExportsAreRefused() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var service = new ExportService(stack, folder)
                        .started(
                                "GATEWAY_URL",
                                "http://127.0.0.1:" + silent.getLocalPort(),
                                "LIMITS_TIMEOUT_MS",
                                "100")) {
            service.export(user, ROWS).expect(503);
        }
    }

    @Test
    void withoutFrontdeskExportsAreNotLimitedIfTheServiceFailsOpen() throws Exception {
        String unreachable = "http://127.0.0.1:" + FreePorts.next();
        try (var service =
                new ExportService(stack, folder).started("GATEWAY_URL", unreachable, "LIMITS_FAIL_OPEN", "true")) {
            service.export(user, ALL_ROWS).expect(201);
            service.export(user, ALL_ROWS).expect(201);
        }
    }

    @Test
    void aRefusedKeyIsReported() throws Exception {
        try (var service = new ExportService(stack, folder).started("LIMITS_KEY", "fdk_unknown")) {
            service.export(user, ROWS).expect(503);
            assertThat(service.printed())
                    .contains("no decision about " + user + " 401")
                    .contains("invalid_credential");
        }
    }

    /** Opening one for each check would cost more than the check. */
    @Test
    void checksUseTheirConnectionsAgain() throws Exception {
        var connections = ConcurrentHashMap.<InetSocketAddress>newKeySet();
        var frontdesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        frontdesk.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress());
            exchange.getRequestBody().readAllBytes();
            byte[] allowed = "{\"allowed\": true, \"headers\": {}}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, allowed.length);
            exchange.getResponseBody().write(allowed);
            exchange.close();
        });
        frontdesk.start();
        try (var service = new ExportService(stack, folder)
                .started(
                        "GATEWAY_URL",
                        "http://127.0.0.1:" + frontdesk.getAddress().getPort())) {
            for (int i = 0; i < MANY; i++) {
                service.export(user, 1).expect(201);
            }

            assertThat(connections).hasSizeLessThan(MANY);
        } finally {
            frontdesk.stop(0);
        }
    }
}
