package dev.frontdesk.notification.queues.leases;

import static dev.frontdesk.notification.queues.Administrator.idsIn;
import static dev.frontdesk.notification.queues.Administrator.jobsIn;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.Instance;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.queues.Administrator;
import dev.frontdesk.notification.queues.QueueName;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class LeasesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PATIENTLY = "{\"wait_ms\":20000}";

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

    @Autowired
    private LeaseWaiters waiting;

    @Autowired
    private Leases leases;

    @LocalServerPort
    private int port;

    private Administrator ada;
    private String queue;

    @BeforeEach
    void aQueue() {
        ada = new Administrator(gateway, port);
        queue = ada.makesAQueue();
    }

    @Test
    void handOutTheMostUrgentAndTakeItsResult() {
        ada.adds(queue, "{\"kind\":\"second\"}");
        String id = ada.adds(queue, "{\"kind\":\"first\",\"priority\":0,\"payload\":{\"a\":[1.50,\"ş\"]}}");

        JsonNode job =
                ada.leases(queue, "{\"worker\":\"w1\",\"lease_ms\":30000}").getFirst();
        assertThat(job.get("id").asString()).isEqualTo(id);
        assertThat(job.get("payload")).hasToString("{\"a\":[1.5,\"ş\"]}");
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(job.get("lease_ms").asInt()).isEqualTo(30_000);
        assertThat(job.get("traceparent").asString()).startsWith("00-");
        ada.says(queue, job, "progress", "\"percent\":40").expect(204);
        ada.says(queue, job, "renew", "\"lease_ms\":60000").expect(204);
        assertThat(ada.job(queue, id).get("percent").asInt()).isEqualTo(40);
        ada.says(queue, job, "complete", "\"result\":{\"pages\":3}").expect(204);

        var done = ada.job(queue, id);
        assertThat(done.get("state").asString()).isEqualTo("completed");
        assertThat(done.get("result")).hasToString("{\"pages\":3}");
        assertThat(done.get("worker").asString()).isEqualTo("lease:w1");
        assertThat(done.get("trace_id").asString()).hasSize(32);
        assertThat(done.get("history")).isEmpty();
        // A worker whose response was lost repeats the request.
        ada.says(queue, job, "complete", "").expect(204);
        assertThat(ada.says(queue, job, "progress", "\"percent\":1").expect(409).problem())
                .isEqualTo("lease-lost");
    }

    @Test
    void takeFailuresAndTryAgainUntilThereIsNoUse() {
        String id = ada.adds(queue, "{\"max_attempts\":2,\"backoff_ms\":1}");

        var first = ada.leases(queue, PATIENTLY).getFirst();
        assertThat(ada.says(queue, first, "fail", "\"reason\":\"no luck\"")
                        .expect(200)
                        .field("state"))
                .isEqualTo("delayed");
        var second = ada.leases(queue, PATIENTLY).getFirst();
        assertThat(second.get("attempt").asInt()).isEqualTo(2);
        assertThat(ada.says(queue, second, "fail", "\"reason\":\"none again\"")
                        .expect(200)
                        .field("state"))
                .isEqualTo("failed");
        assertThat(ada.says(queue, second, "fail", "").expect(200).field("state"))
                .isEqualTo("failed");

        var job = ada.job(queue, id);
        assertThat(job.get("failure").asString()).isEqualTo("none again");
        assertThat(job.get("history").valueStream().map(it -> it.get("reason").asString()))
                .containsExactly("no luck", "none again");

        String hopeless = ada.adds(queue, "{}");
        var only = ada.leases(queue, "{}").getFirst();
        ada.says(queue, only, "fail", "\"retryable\":false").expect(200);
        assertThat(ada.stateOf(queue, hopeless)).isEqualTo("failed");
        String later = ada.adds(queue, "{\"backoff_ms\":1}");
        ada.says(queue, ada.leases(queue, "{}").getFirst(), "fail", "\"retry_after_ms\":3600000")
                .expect(200);
        assertThat(ada.stateOf(queue, later)).isEqualTo("delayed");
    }

    @Test
    void thatAreLostCompleteNothing() {
        String id = ada.adds(queue, "{}");
        var lost = ada.leases(queue, "{\"lease_ms\":1000}").getFirst();
        // Its lease expires, and another worker gets the job.
        var taken = ada.leases(queue, PATIENTLY).getFirst();
        assertThat(taken.get("id").asString()).isEqualTo(id);
        assertThat(taken.get("fence").asLong()).isGreaterThan(lost.get("fence").asLong());

        for (String word : List.of("renew", "complete", "fail")) {
            assertThat(ada.says(queue, lost, word, "").expect(409).problem()).isEqualTo("lease-lost");
        }
        ada.says(queue, lost, "progress", "\"percent\":99").expect(409);
        assertThat(ada.stateOf(queue, id)).isEqualTo("active");
        ada.says(queue, taken, "complete", "").expect(204);
        assertThat(ada.job(queue, id).get("stalls").asInt()).isEqualTo(1);
    }

    @Test
    void ofACancelledJobAreWorthless() {
        String id = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();
        ada.post("/" + queue + "/jobs/" + id + "/cancel", "").expect(204);

        ada.says(queue, job, "complete", "").expect(409);
        ada.says(queue, job, "fail", "").expect(409);
        assertThat(ada.stateOf(queue, id)).isEqualTo("cancelled");
        assertThat(ada.leases(queue, "{}")).isEmpty();
    }

    @Test
    void areWaitedForByManyAndEachJobIsOnes() {
        var polls = new ArrayList<CompletableFuture<Administrator.Answer>>();
        for (int i = 0; i < 10; i++) {
            polls.add(ada.sendAsync("POST", "/" + queue + "/leases", PATIENTLY));
        }
        await().atMost(SOON).until(() -> waiting.count(ada.tenant()) == 10);
        var added = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            added.add(ada.adds(queue, "{}"));
        }

        var got = polls.stream()
                .flatMap(poll -> jobsIn(poll.orTimeout(20, SECONDS).join()).stream())
                .toList();
        assertThat(idsIn(got)).containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void areNoneWhenNothingCame() {
        assertThat(ada.leases(queue, "{\"wait_ms\":1000}")).isEmpty();
        await().atMost(SOON).until(() -> waiting.count(ada.tenant()) == 0);
        // Jobs of another tenant are not considered.
        var bob = new Administrator(gateway, port);
        bob.put("/" + queue, "{}").expect(201);
        ada.adds(queue, "{}");
        assertThat(bob.leases(queue, "{\"wait_ms\":1000}")).isEmpty();
    }

    @Test
    void wakeForWhatComesDue() {
        String id = ada.adds(queue, "{\"delay_ms\":300}");
        assertThat(idsIn(ada.leases(queue, PATIENTLY))).containsExactly(id);
    }

    @Test
    void ofADisconnectedClientGoToTheNext() throws Exception {
        try (var gone = new Socket("127.0.0.1", port)) {
            send(gone.getOutputStream());
            await().atMost(SOON).until(() -> waiting.count(ada.tenant()) == 1);
        }
        await().atMost(SOON).until(() -> waiting.count(ada.tenant()) == 0);
        String id = ada.adds(queue, "{}");
        var next = ada.leases(queue, "{}");
        assertThat(idsIn(next)).containsExactly(id);
    }

    private void send(OutputStream out) throws Exception {
        var request = ada.request("POST", "/" + queue + "/leases", PATIENTLY);
        var text = new StringBuilder("POST " + request.uri().getPath() + " HTTP/1.1\r\nHost: x\r\n");
        request.headers().map().forEach((name, values) -> text.append(name + ": " + values.getFirst() + "\r\n"));
        text.append("Content-Length: " + PATIENTLY.length() + "\r\n\r\n" + PATIENTLY);
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void ofDisconnectedWorkersAreReleased() {
        for (int i = 0; i < 20; i++) {
            ada.adds(queue, "{}");
        }
        var wanted = new Leases.Wanted(
                ada.tenant(), new QueueName(queue), "lease:w", 1, Duration.ofMinutes(10), Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            var claim = leases.take(wanted).subscribe();
            // Some claims are in flight by now, some are not.
            Thread.onSpinWait();
            claim.dispose();
        }
        await().atMost(SOON).untilAsserted(() -> {
            var jobs = ada.get("/" + queue).json().get("job_counts");
            assertThat(jobs.get("waiting").asInt()).isEqualTo(20);
        });
        assertThat(ada.leases(queue, "{\"max\":100}"))
                .hasSize(20)
                .allMatch(job -> job.get("attempt").asInt() == 1);
    }

    @Test
    void areNoneAtOnceWhenTheInstanceStops(@Autowired TestEnvironment environment) {
        CompletableFuture<Administrator.Answer> poll;
        // Shorter than any wait: requests without a response by then are cut off.
        try (var other = Instance.start(environment, "spring.lifecycle.timeout-per-shutdown-phase=5s")) {
            poll = ada.at(other.port()).sendAsync("POST", "/" + queue + "/leases", PATIENTLY);
            var itsWaiting = other.bean(LeaseWaiters.class);
            await().atMost(SOON).until(() -> itsWaiting.count(ada.tenant()) == 1);
        }
        assertThat(poll).isDone();
        assertThat(jobsIn(poll.join().expect(200))).isEmpty();
    }

    @Test
    void ofExpiredJobsAreNoneAndOfQueuesThatAreWorkedOtherwise() {
        String id = ada.adds(
                queue,
                "{\"expires_at\":\"%s\"}".formatted(java.time.Instant.now().plusMillis(500)));
        await().atMost(SOON).until(() -> {
            ada.leases(queue, "{}").forEach(job -> ada.says(queue, job, "fail", "\"retry_after_ms\":1"));
            return ada.stateOf(queue, id).equals("failed");
        });
        assertThat(ada.job(queue, id).get("failure").asString()).isEqualTo("expired");
        ada.post("/email/leases", "{}").expect(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"max":0}                | max
            {"max":101}              | max
            {"lease_ms":999}         | lease_ms
            {"lease_ms":3600001}     | lease_ms
            {"wait_ms":20001}        | wait_ms
            {"wait_ms":-1}           | wait_ms
            """)
    void refuseWhatIsWrong(String request, String field) {
        assertThat(ada.post("/" + queue + "/leases", request).expect(400).refused())
                .contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"renew", "progress", "complete", "fail"})
    void refuseReportsWithAnotherFence(String word) {
        String id = ada.adds(queue, "{}");
        ada.leases(queue, "{}");
        String path = "/" + queue + "/jobs/" + id + "/" + word;
        for (String fence : List.of("0", "-1", "2", "9223372036854775807")) {
            ada.post(path, "{\"fence\":" + fence + (word.equals("progress") ? ",\"percent\":1" : "") + "}")
                    .expect(409);
        }
        for (String fence :
                List.of("{}", "{\"fence\":null}", "{\"fence\":\"1\"}", "{\"fence\":99999999999999999999}")) {
            assertThat(ada.post(path, fence).expect(400).refused()).contains("fence");
        }
        new Administrator(gateway, port).post(path, "{\"fence\":1}").expect(404);
        ada.post("/" + queue + "/jobs/no-id/" + word, "{\"fence\":1}").expect(404);
        assertThat(ada.stateOf(queue, id)).isEqualTo("active");
    }

    @Test
    void ofTheServicesOwnWorkersAreTheirs() {
        String id = rows.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, max_attempts, payload, state, fence, worker,"
                        + " lease_until) VALUES (?, 'email', 'x', 10, 3, '{}', 'active', 1, 'instance-1',"
                        + " now() + interval '1 hour') RETURNING id",
                ada.tenant().value());
        for (String word : List.of("renew", "complete", "fail")) {
            ada.post("/email/jobs/" + id + "/" + word, "{\"fence\":1}").expect(409);
        }
        assertThat(ada.stateOf("email", String.valueOf(id))).isEqualTo("active");
        ada.post("/email/jobs/" + id + "/cancel", "").expect(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            progress | "percent":101                   | percent
            progress | "percent":-1                    | percent
            renew    | "lease_ms":3600001              | lease_ms
            fail     | "retry_after_ms":86400001       | retry_after_ms
            complete | "result":"\\u0000"              | result
            complete | "result":1e9999999999           | result
            """)
    void refuseInvalidValues(String word, String more, String field) {
        String id = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();
        assertThat(ada.says(queue, job, word, more).expect(400).refused()).contains(field);
        assertThat(ada.stateOf(queue, id)).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ""                                  | failed
            " "                                 | failed
            null                                | failed
            "\\n"                               | failed
            "disk full"                         | disk full
            "one\\r\\ntwo"                      | one\\r\\ntwo
            "\\tat Main.java:1\\n\\tat X"        | at Main.java:1\\n\\tat X
            "a\\u0000b\\u001b[31mc"             | a\\u0000b\\u001b[31mc
            "half \\ud800 of one"               | half \uFFFD of one
            "çok güzel 👩‍👩‍👧‍👦"                  | çok güzel 👩‍👩‍👧‍👦
            """)
    void failWithWhateverReasonAWorkerGives(String said, String kept) {
        String id = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();

        assertThat(ada.says(queue, job, "fail", "\"retryable\":false,\"reason\":" + said)
                        .expect(200)
                        .field("state"))
                .isEqualTo("failed");
        var failed = ada.job(queue, id);
        assertThat(failed.get("failure").asString()).isEqualTo(kept);
        assertThat(failed.at("/history/0/reason").asString()).isEqualTo(kept);
    }

    @Test
    void failWithAReasonThatIsCutAtACharacterAndSaysSo() {
        String id = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();

        ada.says(queue, job, "fail", "\"retryable\":false,\"reason\":\"" + "👍🏽".repeat(5_000) + "\"")
                .expect(200);
        assertThat(ada.job(queue, id).get("failure").asString()).isEqualTo("👍🏽".repeat(1_000) + "… (cut)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "worker 1"          | lease:worker 1
            ""                  | lease:
            "a\\nb"             | lease:a\\nb
            "işçi-1"            | lease:işçi-1
            """)
    void areGivenToAWorkerOfWhateverName(String worker, String shown) {
        String id = ada.adds(queue, "{}");
        assertThat(idsIn(ada.leases(queue, "{\"worker\":" + worker + "}"))).containsExactly(id);
        assertThat(ada.job(queue, id).get("worker").asString()).isEqualTo(shown);
    }

    @Test
    void takeNoResultWithoutMeasure() {
        String id = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();
        ada.says(queue, job, "complete", "\"result\":\"" + "x".repeat(64 * 1024) + "\"")
                .expect(413);
        assertThat(ada.stateOf(queue, id)).isEqualTo("active");
    }
}
