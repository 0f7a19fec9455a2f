package dev.frontdesk.notification.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class JobsOverHttpIT {

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

    @LocalServerPort
    private int port;

    private Administrator ada;
    private String queue;
    private String jobs;

    @BeforeEach
    void aQueue() {
        ada = new Administrator(gateway, port);
        queue = ada.makesAQueue();
        jobs = "/" + queue + "/jobs";
    }

    @Test
    void areAddedWithAllFields() {
        String due = Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .plus(Duration.ofHours(1))
                .toString();
        var added = ada.post(jobs, """
                        {"kind":"invoice.print","payload":[1,2],"key":"order 1","priority":3,"due_at":"%s",
                         "expires_at":"%s","max_attempts":9,"backoff_ms":50,"repeatable":false}
                        """.formatted(due, Instant.now().plus(Duration.ofDays(1)))).expect(201);
        var job = ada.job(queue, added.field("id"));

        assertThat(added.response().headers().firstValue("Location"))
                .hasValue("/api/v1/queues/" + queue + "/jobs/" + added.field("id"));
        assertThat(job.get("kind").asString()).isEqualTo("invoice.print");
        assertThat(job.get("payload")).hasToString("[1,2]");
        assertThat(job.get("key").asString()).isEqualTo("order 1");
        assertThat(job.get("priority").asInt()).isEqualTo(3);
        assertThat(job.get("state").asString()).isEqualTo("delayed");
        assertThat(Instant.parse(job.get("due_at").asString())).isEqualTo(due);
        assertThat(job.get("max_attempts").asInt()).isEqualTo(9);
        assertThat(job.get("backoff_ms").asInt()).isEqualTo(50);
        assertThat(job.get("repeatable").asBoolean()).isFalse();
        assertThat(job.get("trace_id").asString()).hasSize(32);
        new Administrator(gateway, port).get(jobs + "/" + added.field("id")).expect(404);
        ada.get("/ai/jobs/" + added.field("id")).expect(404);
    }

    @Test
    void takeTheirQueuesAttempts() {
        ada.put("/" + queue, "{\"max_attempts\":4,\"backoff_ms\":77}").expect(200);
        var job = ada.job(queue, ada.adds(queue, "{}"));
        assertThat(job.get("max_attempts").asInt()).isEqualTo(4);
        assertThat(job.get("backoff_ms").asInt()).isEqualTo(77);
    }

    @Test
    void withOneKeyAreOne() {
        String id = ada.adds(queue, "{\"key\":\"k\"}");
        var again = ada.post(jobs, "{\"key\":\"k\",\"priority\":0}").expect(200);
        assertThat(again.field("id")).isEqualTo(id);
        assertThat(again.json().get("fresh").asBoolean()).isFalse();
        // In another queue it is a different key.
        assertThat(ada.adds(ada.makesAQueue(), "{\"key\":\"k\"}")).isNotEqualTo(id);

        String key = UUID.randomUUID().toString();
        var first = ada.post(jobs, "{\"priority\":1}", "Idempotency-Key", key).expect(201);
        var second = ada.post(jobs, "{\"priority\":1}", "Idempotency-Key", key).expect(201);
        assertThat(second.field("id")).isEqualTo(first.field("id"));
        ada.post(jobs, "{\"priority\":2}", "Idempotency-Key", key).expect(422);
    }

    @Test
    void areAddedInBulkOrNotAtAll() {
        String many = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"key\":\"%d\",\"payload\":%d}".formatted(i % 999, i))
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        var added = Administrator.jobsIn(
                ada.post(jobs + "/bulk", "{\"jobs\":[" + many + "]}").expect(201));
        assertThat(added).hasSize(1000);
        assertThat(added.getLast().get("id")).isEqualTo(added.getFirst().get("id"));
        assertThat(added).filteredOn(job -> job.get("fresh").asBoolean()).hasSize(999);

        var wrong = ada.post(jobs + "/bulk", "{\"jobs\":[{\"kind\":\"fine\"},{\"priority\":101},null]}")
                .expect(400);
        assertThat(wrong.refused()).containsExactly("jobs[1].priority", "jobs[2]");
        assertThat(ada.post(jobs + "/bulk", "{\"jobs\":[]}").expect(400).refused())
                .containsExactly("jobs");
        ada.post(jobs + "/bulk", "{\"jobs\":[" + "{},".repeat(1000) + "{}]}").expect(413);
        assertThat(waiting()).isEqualTo(999);
    }

    @Test
    void areListedByStatePageByPage() {
        var added = new ArrayList<String>();
        for (int priority : new int[] {50, 10, 10, 0, 99}) {
            added.add(ada.adds(queue, "{\"priority\":" + priority + "}"));
        }
        // In the order in which they are claimed.
        assertThat(paged("waiting"))
                .containsExactly(added.get(3), added.get(1), added.get(2), added.get(0), added.get(4));
        var late = ada.adds(queue, "{\"delay_ms\":9000000}");
        var soon = ada.adds(queue, "{\"delay_ms\":6000000}");
        assertThat(paged("delayed")).containsExactly(soon, late);
        ada.leases(queue, "{\"max\":3}");
        assertThat(paged("active")).containsExactlyInAnyOrder(added.get(3), added.get(1), added.get(2));
        for (int i : new int[] {3, 0, 1}) {
            ada.post(jobs + "/" + added.get(i) + "/cancel", "").expect(204);
        }
        assertThat(paged("cancelled")).containsExactly(added.get(1), added.get(0), added.get(3));
        assertThat(paged("completed")).isEmpty();
    }

    private List<String> paged(String state) {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = ada.get(jobs + "?state=" + state + "&limit=2" + cursor)
                    .expect(200)
                    .json();
            page.get("jobs").forEach(job -> {
                assertThat(job.get("state").asString()).isEqualTo(state);
                assertThat(job.has("payload")).isFalse();
                ids.add(job.get("id").asString());
            });
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void areCancelledPromotedAndRetried() {
        String delayed = ada.adds(queue, "{\"delay_ms\":3600000}");
        ada.post(jobs + "/" + delayed + "/retry", "").expect(409);
        ada.post(jobs + "/" + delayed + "/promote", "").expect(204);
        ada.post(jobs + "/" + delayed + "/promote", "").expect(204);
        var job = ada.leases(queue, "{}").getFirst();
        ada.post(jobs + "/" + delayed + "/promote", "").expect(409);
        ada.says(queue, job, "fail", "\"retryable\":false,\"reason\":\"no\"").expect(200);
        ada.post(jobs + "/" + delayed + "/cancel", "").expect(409);

        ada.post(jobs + "/" + delayed + "/retry", "").expect(204);
        var anew = ada.leases(queue, "{}").getFirst();
        assertThat(anew.get("attempt").asInt()).isEqualTo(1);
        assertThat(anew.get("fence").asLong()).isGreaterThan(job.get("fence").asLong());
        ada.says(queue, anew, "complete", "").expect(204);
        assertThat(ada.post(jobs + "/" + delayed + "/retry", "").expect(409).field("detail"))
                .contains("completed");
        assertThat(ada.job(queue, delayed)
                        .get("history")
                        .valueStream()
                        .map(it -> it.get("outcome").asString()))
                .containsExactly("failed", "retried by hand");

        String other = ada.adds(queue, "{}");
        ada.post(jobs + "/" + other + "/cancel", "").expect(204);
        ada.post(jobs + "/" + other + "/cancel", "").expect(204);
        ada.post(jobs + "/" + other + "/retry", "").expect(204);
        assertThat(ada.stateOf(queue, other)).isEqualTo("waiting");
        for (String word : List.of("cancel", "promote", "retry")) {
            new Administrator(gateway, port)
                    .post(jobs + "/" + other + "/" + word, "")
                    .expect(404);
            ada.post(jobs + "/" + UUID.randomUUID() + "/" + word, "").expect(404);
            ada.post(jobs + "/1/" + word, "").expect(404);
        }
    }

    @Test
    void areRetriedByTheDozen() {
        ada.post(jobs + "/bulk", "{\"jobs\":[{},{\"kind\":\"a\"},{\"kind\":\"a\"},{\"kind\":\"a\"}]}")
                .expect(201);
        ada.leases(queue, "{\"max\":3}").forEach(job -> ada.says(queue, job, "fail", "\"retryable\":false"));
        new Administrator(gateway, port).post(jobs + "/retry", "{}").expect(404);

        assertThat(ada.post(jobs + "/retry", "{\"kind\":\"b\"}").expect(200).json())
                .hasToString("{\"retried\":0,\"more\":false,\"not_retryable\":0}");
        assertThat(ada.post(jobs + "/retry", "{\"to\":\"2026-01-01T00:00:00Z\"}")
                        .json()
                        .get("retried")
                        .asInt())
                .isZero();
        assertThat(ada.post(jobs + "/retry", "{\"kind\":\"a\",\"from\":\"2026-01-01T00:00:00Z\"}")
                        .json()
                        .get("retried")
                        .asInt())
                .isEqualTo(2);
        assertThat(ada.post(jobs + "/retry", "{}").json().get("retried").asInt())
                .isEqualTo(1);
        assertThat(waiting()).isEqualTo(4);
        assertThat(ada.post(jobs + "/retry", "{\"state\":\"completed\",\"from\":\"then\",\"kind\":\"A\"}")
                        .expect(400)
                        .refused())
                .containsExactly("state", "kind", "from");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"Upper"}                        | kind
            {"kind":"a\\r\\nb"}                     | kind
            {"kind":""}                             | kind
            {"key":""}                              | key
            {"key":"a\\nb"}                         | key
            {"key":"\\u0000"}                       | key
            {"key":"\\ud800"}                       | key
            {"priority":-1}                         | priority
            {"priority":101}                        | priority
            {"priority":1e9}                        | priority
            {"due_at":"2020-01-01T00:00:00Z"}       | due_at
            {"due_at":"2100-01-01T00:00:00Z"}       | due_at
            {"due_at":"+1000000-01-01T00:00:00Z"}   | due_at
            {"due_at":"tomorrow"}                   | due_at
            {"due_at":1795000000}                   | due_at
            {"delay_ms":-1}                         | delay_ms
            {"delay_ms":31622400001}                | delay_ms
            {"delay_ms":9223372036854775807}        | delay_ms
            {"delay_ms":1,"due_at":"<tomorrow>"}    | delay_ms
            {"expires_at":"2020-01-01T00:00:00Z"}   | expires_at
            {"expires_at":"9999-01-01T00:00:00Z"}   | expires_at
            {"max_attempts":0}                      | max_attempts
            {"max_attempts":101}                    | max_attempts
            {"backoff_ms":0}                        | backoff_ms
            {"payload":"\\u0000"}                   | payload
            {"payload":1e100000}                    | payload
            {"payload":1e9999999999}                | payload
            {"tenant":"other"}                      | tenant
            {"state":"completed"}                   | state
            """)
    void refuseWhatIsWrongAndWriteNothing(String job, String field) {
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
        var refused = ada.post(jobs, job.replace("<tomorrow>", tomorrow)).expect(400).refused();
        assertThat(refused).hasSize(1).allMatch(name -> name.startsWith(field));
        assertThat(waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\u0000 | has the character U+0000, which can't be stored",
                "\\ud83d | has an unpaired surrogate, which can't be stored"
            })
    void sayWhatOfAPayloadCanNotBeKept(String text, String message) {
        var errors = ada.post(jobs, "{\"payload\":{\"a\":[\"%s\"]}}".formatted(text))
                .expect(400)
                .json()
                .get("errors");
        assertThat(errors.get(0).get("message").asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{\"payload\":}",
                "{\"kind\":\"a\",\"kind\":\"b\"}",
                "{} {}",
                "{\"payload\":{\"\\udc00\":1}}"
            })
    void refuseWhatIsNoJob(String body) {
        ada.post(jobs, body).expect(400);
        assertThat(waiting()).isZero();
    }

    @Test
    void areNoLargerThanTheyMayBe() {
        ada.post(jobs, payloadOf(256 * 1024)).expect(201);
        ada.post(jobs, payloadOf(256 * 1024 + 1)).expect(413);
        ada.post(jobs + "/bulk", "{\"jobs\":[" + payloadOf(256 * 1024 + 1) + "]}")
                .expect(413);
        ada.post(jobs, payloadOf(10 * 1024 * 1024)).expect(413);
        // Deeper than any parser reads.
        ada.post(jobs, "{\"payload\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                .expect(400);
        assertThat(waiting()).isEqualTo(1);
    }

    private static String payloadOf(int bytes) {
        return "{\"payload\":\"" + "x".repeat(bytes - 2) + "\"}";
    }

    @Test
    void ofTheServiceAreAddedAtTheirOwnEndpointsAndShownWithoutWhatOnlyItReads() {
        for (String inside : List.of("email", "email-codes", "webhook", "notification", "analytics", "report")) {
            assertThat(ada.post("/" + inside + "/jobs", "{}").expect(409).problem())
                    .isEqualTo("conflict");
            ada.post("/" + inside + "/jobs/bulk", "{\"jobs\":[{}]}").expect(409);
        }
        ada.put("/report", "{\"worked\":\"lease\"}").expect(200);
        ada.adds("report", "{\"payload\":{\"mine\":true}}");

        String id = rows.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, max_attempts, payload, due_at, state)"
                        + " VALUES (?, 'email', 'x', 10, 3, '{\"to\":\"ada@example.org\"}', now() + interval '1 hour',"
                        + " 'delayed') RETURNING id",
                ada.tenant().value());
        assertThat(ada.get("/email/jobs/" + id).expect(200).response().body()).doesNotContain("ada@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                     state",
        "state=done,             state",
        "state=failed&limit=0,   limit",
        "state=failed&limit=201, limit",
        "state=failed&cursor=x,  cursor",
        "state=failed&cursor=MSAyMDI2LTExLTIxVDEwOjAwOjAwWiB4, cursor"
    })
    void refuseWrongPages(String query, String field) {
        assertThat(ada.get(jobs + "?" + query).expect(400).refused()).containsExactly(field);
    }

    private int waiting() {
        return ada.get("/" + queue).expect(200).json().at("/job_counts/waiting").asInt();
    }
}
