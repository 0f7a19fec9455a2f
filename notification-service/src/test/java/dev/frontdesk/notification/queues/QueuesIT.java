package dev.frontdesk.notification.queues;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.HeldInserts;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.testsupport.servers.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

@RunningService
class QueuesIT {

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

    @Autowired
    private BuiltInQueues builtIn;

    @Autowired
    private Database database;

    @LocalServerPort
    private int port;

    private Administrator ada;

    @BeforeEach
    void aTenant() {
        ada = new Administrator(gateway, port);
    }

    @Test
    void areThereWithoutBeingMadeOrMadeByATenant() {
        String own = ada.makesAQueue();
        ada.put("/" + own, "{\"max_attempts\":7,\"backoff_ms\":100,\"keep_completed\":0}")
                .expect(200);

        var all = ada.get("").expect(200).json().get("queues");
        assertThat(all.valueStream().map(it -> it.get("name").asString()))
                .containsExactlyInAnyOrder(
                        "ai", "analytics", "email", "email-codes", "notification", "report", "webhook", own);
        var shown = ada.get("/" + own).expect(200).json();
        assertThat(shown.get("max_attempts").asInt()).isEqualTo(7);
        assertThat(shown.get("worked").asString()).isEqualTo("lease");
        assertThat(shown.get("built_in").asBoolean()).isFalse();
        assertThat(ada.get("/email").expect(200).json().get("worked").asString())
                .isEqualTo("service");
        // Another tenant sees nothing of it.
        var bob = new Administrator(gateway, port);
        bob.get("/" + own).expect(404);
        bob.post("/" + own + "/jobs", "{}").expect(404);
        assertThat(bob.get("").expect(200).json().get("queues")).hasSize(7);
    }

    /** Those of docs/configuration.md. */
    @Test
    void haveTheirLimits() {
        assertThat(builtIn.defaults("email").rateLimit()).isEqualTo(100);
        assertThat(builtIn.defaults("email-codes").rateLimit()).isEqualTo(1_000);
        assertThat(builtIn.defaults("webhook").concurrency()).isEqualTo(50);
        assertThat(builtIn.defaults("notification").rateLimit()).isNull();
    }

    @Test
    void areNamedInTheDocumentOfTheApi() throws IOException {
        Map<String, Object> document = new Yaml().load(Files.readString(Path.of("../docs/openapi.yaml")));

        assertThat(namedIn(document, "components", "parameters", "queue", "description"))
                .containsExactlyInAnyOrder(builtIn.names(_ -> true));
        assertThat(namedIn(document, "paths", "/api/v1/queues/{queue}/rate-limit", "put", "description"))
                .containsExactlyInAnyOrder(builtIn.names(it -> it.addedBy() != AddedBy.CLIENTS));
        assertThat(namedIn(
                        document,
                        "components",
                        "schemas",
                        "queueSettings",
                        "properties",
                        "max_attempts",
                        "description"))
                .containsExactlyInAnyOrder(builtIn.names(it -> it.addedBy() == AddedBy.SERVICE));
    }

    /** The built-in queues whose names are words of the text at this path. */
    private List<String> namedIn(Map<String, Object> document, String... path) {
        Object at = document;
        for (String step : path) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(step), step);
        }
        var words = List.of(String.valueOf(at).split("[^a-z-]+"));
        return builtIn.names().stream().filter(words::contains).toList();
    }

    @Test
    void areGoneWhenDeletedButNotWhileSomethingWaits() {
        String own = ada.makesAQueue();
        String id = ada.adds(own, "{}");
        assertThat(ada.delete("/" + own).expect(409).problem()).isEqualTo("conflict");

        ada.post("/" + own + "/jobs/" + id + "/cancel", "").expect(204);
        ada.delete("/" + own).expect(204);
        ada.get("/" + own).expect(404);
        ada.delete("/" + own).expect(404);

        ada.put("/" + own, "{}").expect(201);
        ada.get("/" + own + "/jobs/" + id).expect(404);
        // A built-in queue gets its defaults back.
        ada.put("/ai", "{\"max_attempts\":9}").expect(200);
        ada.delete("/ai").expect(204);
        assertThat(ada.get("/ai").expect(200).json().has("max_attempts")).isFalse();
    }

    @Test
    void countWhatIsInThem() {
        String own = ada.makesAQueue();
        for (int i = 0; i < 4; i++) {
            ada.adds(own, "{}");
        }
        ada.adds(own, "{\"delay_ms\":3600000}");
        ada.says(own, ada.leases(own, "{}").getFirst(), "complete", "").expect(204);
        ada.says(own, ada.leases(own, "{}").getFirst(), "fail", "\"retryable\":false")
                .expect(200);
        ada.leases(own, "{}");

        var shown = ada.get("/" + own).expect(200).json();
        assertThat(shown.get("job_counts"))
                .hasToString(
                        "{\"waiting\":1,\"delayed\":1,\"active\":1,\"completed\":1,\"failed\":1,\"unknown\":0,\"cancelled\":0}");
        assertThat(shown.get("last_minute")).hasToString("{\"completed\":1,\"failed\":1}");
        assertThat(shown.get("oldest_waiting_ms").asLong()).isBetween(0L, 60_000L);
        assertThat(ada.get("/ai").expect(200).json().has("oldest_waiting_ms")).isFalse();

        String flat = "{\"queue\":\"" + own
                + "\",\"waiting\":1,\"active\":1,\"completed\":1,\"failed\":1,\"delayed\":1,\"total\":3}";
        assertThat(ada.get("/" + own + "/stats").expect(200).json()).hasToString(flat);
        var all = ada.get("/stats").expect(200).json().get("queues");
        assertThat(all.valueStream().map(it -> it.get("queue").asString()))
                .containsExactlyInAnyOrder(
                        "ai", "analytics", "email", "email-codes", "notification", "report", "webhook", own);
        assertThat(all.valueStream().map(JsonNode::toString)).contains(flat);
    }

    @Test
    void showTheirCountsToTheirTenantAlone() {
        String own = ada.makesAQueue();
        var bob = new Administrator(gateway, port);

        bob.get("/" + own + "/stats").expect(404);
        bob.get("/no-such/stats").expect(404);
        bob.get("/No%20Name/stats").expect(404);
        assertThat(bob.get("/stats").expect(200).json().get("queues")).hasSize(7);
    }

    @Test
    void areNotCalledStatsUnlessTheyAreAlready() {
        assertThat(ada.put("/stats", "{}").expect(400).refused()).containsExactly("queue");
        ada.get("/stats/stats").expect(404);

        rows.value(
                "INSERT INTO notification.queues (tenant, name) VALUES (?, 'stats') RETURNING name",
                ada.tenant().value());
        ada.put("/stats", "{\"max_attempts\":2}").expect(200);
        String id = ada.adds("stats", "{}");
        assertThat(ada.get("/stats/stats").expect(200).json().get("waiting").asInt())
                .isEqualTo(1);
        assertThat(ada.get("/stats").expect(200).json().get("queues")).hasSize(8);
        ada.post("/stats/jobs/" + id + "/cancel", "").expect(204);
        ada.delete("/stats").expect(204);
        ada.put("/stats", "{}").expect(400);
    }

    @Test
    void beginNothingWhilePausedAndKeepWhatIsDelayed() {
        String own = ada.makesAQueue();
        ada.post("/" + own + "/pause", "").expect(204);
        ada.post("/" + own + "/pause", "").expect(204);
        ada.adds(own, "{}");
        String delayed = ada.adds(own, "{\"delay_ms\":3600000}");

        assertThat(ada.leases(own, "{\"wait_ms\":1000}")).isEmpty();
        assertThat(ada.get("/" + own).json().get("paused").asBoolean()).isTrue();
        assertThat(ada.stateOf(own, delayed)).isEqualTo("delayed");

        // Other settings leave it paused.
        ada.put("/" + own, "{\"max_attempts\":2}").expect(200);
        assertThat(ada.leases(own, "{}")).isEmpty();
        ada.post("/" + own + "/resume", "").expect(204);
        assertThat(ada.leases(own, "{\"max\":10}")).hasSize(1);
    }

    @Test
    void beginNoMoreThanTheirRate() {
        String own = ada.makesAQueue();
        ada.put("/" + own + "/rate-limit", "{\"limit\":2,\"window_ms\":3600000}")
                .expect(204);
        for (int i = 0; i < 3; i++) {
            ada.adds(own, "{}");
        }
        assertThat(ada.get("/" + own).json().get("rate_limit")).hasToString("{\"limit\":2,\"window_ms\":3600000}");
        assertThat(ada.leases(own, "{\"max\":10}")).hasSize(2);
        assertThat(ada.leases(own, "{\"max\":10}")).isEmpty();

        ada.delete("/" + own + "/rate-limit").expect(204);
        assertThat(ada.leases(own, "{\"max\":10}")).hasSize(1);
    }

    @Test
    void ofTheServiceHaveTheirRateFromTheOperatorAlone() {
        String limit = "{\"limit\":100000,\"window_ms\":1000}";
        for (String queue : new String[] {"email", "email-codes", "webhook", "notification", "analytics", "report"}) {
            ada.put("/" + queue + "/rate-limit", limit).expect(403);
            ada.delete("/" + queue + "/rate-limit").expect(403);
        }
        ada.put("/ai/rate-limit", limit).expect(204);
        assertThat(ada.get("/email").json().get("rate_limit").get("limit").asInt())
                .isEqualTo(100);
        assertThat(ada.get("/email-codes").json().get("rate_limit").get("limit").asInt())
                .isEqualTo(1000);

        ada.asOperator()
                .put("/email/rate-limit", "{\"limit\":7,\"window_ms\":1000}")
                .expect(204);
        // Setting or resetting the queue does not change it.
        ada.put("/email", "{\"keep_failed\":10}").expect(200);
        ada.delete("/email").expect(204);
        assertThat(ada.get("/email").json().get("rate_limit")).hasToString("{\"limit\":7,\"window_ms\":1000}");
    }

    @Test
    void areAHundredOfATenantAtMost() throws SQLException {
        rows.value(
                "INSERT INTO notification.queues (tenant, name) SELECT ?, 'q' || i FROM generate_series(1, %d) i RETURNING name"
                        .formatted(Queues.MOST - 1),
                ada.tenant().value());
        try (var inserts = new HeldInserts(database, "queues", ada.tenant().value())) {
            // Both have counted, or one waits for the other, before either is created.
            var one = ada.sendAsync("PUT", "/one", "{}");
            var other = ada.sendAsync("PUT", "/other", "{}");
            inserts.releaseWhenWaiting(2);
            assertThat(Stream.of(one, other)
                            .map(put ->
                                    put.orTimeout(20, SECONDS).join().response().statusCode()))
                    .containsExactlyInAnyOrder(201, 409);
        }
        ada.put("/too-many", "{}").expect(409);
        ada.get("/too-many").expect(404);
        ada.put("/q7", "{\"max_attempts\":2}").expect(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Own          | {}                                    | queue
            -own         | {}                                    | queue
            own_q        | {}                                    | queue
            own          | {"worked":"service"}                  | worked
            own          | {"worked":"me"}                       | worked
            email        | {"worked":"lease"}                    | worked
            analytics    | {"worked":"push","push_url":"https://example.org"} | worked
            own          | {"worked":"push"}                     | push_url
            own          | {"push_url":"https://example.org"}    | push_url
            own          | {"max_attempts":0}                    | max_attempts
            own          | {"max_attempts":101}                  | max_attempts
            own          | {"backoff_ms":0}                      | backoff_ms
            own          | {"backoff_ms":86400001}               | backoff_ms
            own          | {"backoff_ms":99999999999999999999}   | backoff_ms
            own          | {"max_stalls":-1}                     | max_stalls
            own          | {"keep_completed":-1}                 | keep_completed
            own          | {"keep_failed":100001}                | keep_failed
            own          | {"rate_limit":5}                      | rate_limit
            own          | {"max_attempts":"3"}                  | max_attempts
            """)
    void refuseWhatIsWrongAndWriteNothing(String queue, String settings, String field) {
        assertThat(ada.put("/" + queue, settings).expect(400).refused()).contains(field);
        if (queue.equals("own")) {
            ada.get("/own").expect(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                              | limit
            {"limit":0,"window_ms":1000}    | limit
            {"limit":1,"window_ms":99}      | window_ms
            {"limit":1,"window_ms":86400001}| window_ms
            """)
    void refuseRatesThatAreNone(String limit, String field) {
        assertThat(ada.put("/ai/rate-limit", limit).expect(400).refused()).contains(field);
    }

    @Test
    void unknownOnesAreNotThere() {
        for (String queue : new String[] {"q" + UUID.randomUUID(), "EMAIL", "a%20b", "%00", "x".repeat(64)}) {
            ada.get("/" + queue).expect(404);
            ada.post("/" + queue + "/jobs", "{}").expect(404);
            ada.post("/" + queue + "/leases", "{}").expect(404);
            ada.post("/" + queue + "/pause", "").expect(404);
            ada.put("/" + queue + "/rate-limit", "{}").expect(404);
            ada.get("/" + queue + "/jobs?state=failed").expect(404);
        }
    }

    /** Each built-in queue either applies a setting or refuses it. */
    @Test
    void takeNoSettingThatHasNoEffect() {
        for (String inside : List.of("email", "email-codes", "webhook", "notification", "analytics")) {
            assertThat(ada.put("/" + inside, "{\"max_attempts\":7,\"backoff_ms\":70}")
                            .expect(400)
                            .refused())
                    .containsExactly("max_attempts", "backoff_ms");
            ada.put("/" + inside, "{\"max_stalls\":2,\"keep_completed\":5,\"keep_failed\":5}")
                    .expect(200);
        }
        for (String open : List.of("ai", "report")) {
            ada.put("/" + open, "{\"worked\":\"lease\",\"max_attempts\":7,\"backoff_ms\":70}")
                    .expect(200);
            var job = ada.job(open, ada.adds(open, "{}"));
            assertThat(job.get("max_attempts").asInt()).isEqualTo(7);
            assertThat(job.get("backoff_ms").asInt()).isEqualTo(70);
            var own = ada.job(open, ada.adds(open, "{\"max_attempts\":2}"));
            assertThat(own.get("max_attempts").asInt()).isEqualTo(2);
            assertThat(own.get("backoff_ms").asInt()).isEqualTo(70);
        }
    }
}
