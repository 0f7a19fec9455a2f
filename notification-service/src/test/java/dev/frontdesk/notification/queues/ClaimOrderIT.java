package dev.frontdesk.notification.queues;

import static dev.frontdesk.notification.queues.Administrator.idsIn;
import static dev.frontdesk.notification.queues.Administrator.jobsIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The order of jobs as an application sees it, expired jobs among them, and how they count against a rate limit. */
@RunningService
class ClaimOrderIT {

    private static final String BULK = """
            {"jobs":[{"key":"z"},{"key":"y"},{"key":"x"},{"key":"b"},{"key":"a"}]}""";

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

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
    void ofABulkIsThatOfTheRequestInListsAndLeases() {
        var added = idsIn(jobsIn(ada.post("/" + queue + "/jobs/bulk", BULK).expect(201)));

        assertThat(listed("waiting")).isEqualTo(added);
        var leased = new ArrayList<>(idsIn(ada.leases(queue, "{\"max\":2}")));
        leased.addAll(idsIn(ada.leases(queue, "{\"max\":100}")));
        assertThat(leased).isEqualTo(added);
        assertThat(listed("active")).isEqualTo(added);
        added.forEach(
                id -> ada.post("/" + queue + "/jobs/" + id + "/cancel", "").expect(204));
        assertThat(listed("cancelled")).isEqualTo(added.reversed());
    }

    @Test
    void ofJobsThatAreDueTogetherIsThatInWhichTheyWereAdded() {
        String due = Instant.now().minusSeconds(30).toString();
        String later = Instant.now().plusSeconds(3600).toString();
        var added = IntStream.range(0, 20)
                .mapToObj(_ -> ada.adds(queue, "{\"due_at\":\"" + due + "\"}"))
                .toList();
        var delayed = new ArrayList<>(IntStream.range(0, 7)
                .mapToObj(_ -> ada.adds(queue, "{\"due_at\":\"" + later + "\"}"))
                .toList());
        delayed.addFirst(ada.adds(queue, "{\"priority\":1,\"due_at\":\"" + later + "\"}"));

        assertThat(listed("waiting")).isEqualTo(added);
        assertThat(listed("delayed")).isEqualTo(delayed);
        assertThat(idsIn(ada.leases(queue, "{\"max\":20}"))).isEqualTo(added);
        assertThat(listed("active")).isEqualTo(added);
    }

    @Test
    void expiredJobsNeitherDelayOthersNorCostRate() {
        ada.put("/" + queue + "/rate-limit", "{\"limit\":1,\"window_ms\":3600000}")
                .expect(204);
        addExpired(40);
        String live = ada.adds(queue, "{\"priority\":99}");

        assertThat(idsIn(ada.leases(queue, "{\"max\":1}"))).containsExactly(live);
    }

    @Test
    void whatIsExpiredKeepsNoQueueFromBeingDeletedAndIsNotRetried() {
        addExpired(40);
        ada.delete("/" + queue).expect(204);
        ada.get("/" + queue).expect(404);

        assertThat(rows.value("SELECT count(*) FROM notification.jobs WHERE queue = ?", queue))
                .isEqualTo("0");
    }

    @Test
    void anExpiredJobIsNotRetriedAndSaysSo() {
        addExpired(2);
        String live = ada.adds(queue, "{}");
        var job = ada.leases(queue, "{}").getFirst();
        ada.says(queue, job, "fail", "\"retryable\":false").expect(200);
        rows.value(
                "UPDATE notification.jobs SET state = 'failed', failure = 'expired', finished_at = now()"
                        + " WHERE queue = ? AND expires_at < now() RETURNING id",
                queue);
        String expired = listed("failed").stream()
                .filter(id -> !id.equals(live))
                .findFirst()
                .orElseThrow();

        assertThat(ada.post("/" + queue + "/jobs/" + expired + "/retry", "")
                        .expect(409)
                        .field("detail"))
                .isEqualTo("The job has expired.");
        assertThat(ada.post("/" + queue + "/jobs/retry", "{}").expect(200).json())
                .hasToString("{\"retried\":1,\"more\":false,\"not_retryable\":2}");
        assertThat(ada.post("/" + queue + "/jobs/" + expired + "/cancel", "")
                        .expect(409)
                        .field("detail"))
                .isEqualTo("The job is failed.");
    }

    @Test
    void aJobWhoseSecretIsWipedIsNotRetriedAndSaysSo() {
        String id = rows.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, max_attempts, payload, sealed, with_secret,"
                        + " due_at, state, expires_at) VALUES (?, 'email-codes', 'account.verification-requested', 0, 3, '{}', 'sealed',"
                        + " true, now() + interval '1 hour', 'delayed', now() + interval '2 hours') RETURNING id",
                ada.tenant().value());
        ada.post("/email-codes/jobs/" + id + "/cancel", "").expect(204);

        assertThat(ada.post("/email-codes/jobs/" + id + "/retry", "")
                        .expect(409)
                        .field("detail"))
                .contains("secret");
        assertThat(ada.stateOf("email-codes", String.valueOf(id))).isEqualTo("cancelled");
    }

    @Test
    void jobsThatDoNotFitIntoAnAnswerAreNotClaimedAndCostNoRate() {
        ada.put("/" + queue + "/rate-limit", "{\"limit\":20,\"window_ms\":3600000}")
                .expect(204);
        String payload = "x".repeat(250_000);
        var added = IntStream.range(0, 20)
                .mapToObj(_ -> ada.adds(queue, "{\"payload\":\"" + payload + "\"}"))
                .toList();

        var leased = new ArrayList<JsonNode>();
        for (int i = 0; i < 5; i++) {
            leased.addAll(ada.leases(queue, "{\"max\":20}"));
        }
        assertThat(idsIn(leased)).isEqualTo(added);
        assertThat(leased).allMatch(job -> job.get("fence").asLong() == 1);
        ada.adds(queue, "{}");
        assertThat(ada.leases(queue, "{}")).isEmpty();
    }

    @Test
    void aJobThatExpiresBeforeItMayBeginIsRefused() {
        String soon = Instant.now().plusSeconds(60).toString();
        String later = Instant.now().plusSeconds(120).toString();
        for (String job : List.of(
                "{\"due_at\":\"%s\",\"expires_at\":\"%s\"}".formatted(later, soon),
                "{\"due_at\":\"%s\",\"expires_at\":\"%s\"}".formatted(soon, soon),
                "{\"delay_ms\":120000,\"expires_at\":\"%s\"}".formatted(soon))) {
            assertThat(ada.post("/" + queue + "/jobs", job).expect(400).refused())
                    .containsExactly("expires_at");
            assertThat(ada.post("/" + queue + "/jobs/bulk", "{\"jobs\":[" + job + "]}")
                            .expect(400)
                            .refused())
                    .containsExactly("jobs[0].expires_at");
        }
        ada.adds(queue, "{\"due_at\":\"%s\",\"expires_at\":\"%s\"}".formatted(soon, later));
    }

    private void addExpired(int many) {
        rows.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, max_attempts, payload, expires_at)"
                        + " SELECT '" + ada.tenant().value() + "', ?, 'k', 0, 3, '{}', now() - interval '1 minute'"
                        + " FROM generate_series(1, " + many + ") RETURNING id",
                queue);
    }

    /** Page by page. */
    private List<String> listed(String state) {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = ada.get("/" + queue + "/jobs?state=" + state + "&limit=3" + cursor)
                    .expect(200)
                    .json();
            ids.addAll(idsIn(page.get("jobs").valueStream().toList()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }
}
