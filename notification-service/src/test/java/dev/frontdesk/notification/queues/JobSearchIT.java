package dev.frontdesk.notification.queues;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** "One customer got no mail": finds out what happened to it. */
@RunningService
class JobSearchIT {

    private static final String JOBS = "/api/v1/jobs";
    private static final String LATER = Instant.now().plusSeconds(3600).toString();

    @Autowired
    private JobRows rows;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final TenantId tenant = new TenantId("t" + UUID.randomUUID());
    private final UUID account = UUID.randomUUID();
    private final String email = "ada-" + UUID.randomUUID() + "@example.org";
    private Api shop;
    private Api operator;

    @BeforeEach
    void twoWhoMayLook() {
        shop = new Api(
                gateway,
                port,
                new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE)));
        operator = new Api(gateway, port, new Caller.Operator(tenant));
    }

    @Test
    void findsAMailByItsAddressHoweverItIsWritten() {
        String id = mailTo(email);
        mailTo("bob-" + email);

        assertThat(found("?email=" + email)).containsExactly(id);
        assertThat(found("?email=" + email.toUpperCase(Locale.ROOT))).containsExactly(id);
        assertThat(found("?email=nobody@example.org")).isEmpty();
        assertThat(operator.get(JOBS + "?email=" + email)
                        .body()
                        .at("/jobs/0/id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void tellsWhatBecameOfAMailAndNotWhatIsInIt() {
        String id = mailTo(email);
        rows.value(
                "UPDATE notification.jobs SET state = 'failed', finished_at = now(), failure = '550 no such user'"
                        + " WHERE id = CAST(? AS uuid) RETURNING id",
                id);

        JsonNode job = page("?email=" + email).at("/jobs/0");
        assertThat(job.get("queue").asString()).isEqualTo("email");
        assertThat(job.get("kind").asString()).isEqualTo("message");
        assertThat(job.get("state").asString()).isEqualTo("failed");
        assertThat(job.get("failure").asString()).isEqualTo("550 no such user");
        assertThat(job.get("trace_id").asString()).hasSize(32);
        assertThat(job.has("payload")).isFalse();
        assertThat(job.toString()).doesNotContain(email, "A secret word");
        assertThat(found("?trace_id=" + job.get("trace_id").asString())).containsExactly(id);
    }

    @Test
    void findsTheMailsAndNotificationsOfAnAccount() {
        rows.value(
                "INSERT INTO notification.accounts (tenant, id, email, first_name, locale) VALUES ('" + tenant.value()
                        + "', '" + account + "', ?, 'Ada', 'en') RETURNING id",
                email);
        String toAddress = mailTo(email);
        String notification = shop.post(
                        "/api/v1/notifications",
                        Map.of("account_id", account, "kind", "hello", "title", "Hello", "due_at", LATER))
                .text("id");
        String toAccount = job("email", "session.opened", "{\"account_id\":\"" + account + "\"}");
        job("email", "session.opened", "{\"account_id\":\"" + UUID.randomUUID() + "\"}");
        job("ai", "theirs", "{\"account_id\":\"" + account + "\",\"to\":\"" + email + "\"}");

        assertThat(found("?account_id=" + account)).containsExactly(toAccount, notification, toAddress);
        assertThat(found("?email=" + email)).containsExactly(toAccount, notification, toAddress);
        assertThat(found("?email=" + email + "&account_id=" + account))
                .containsExactly(toAccount, notification, toAddress);
        assertThat(found("?email=other@example.org&account_id=" + account)).isEmpty();
        assertThat(found("?account_id=" + account + "&queue=notification")).containsExactly(notification);
        assertThat(found("?account_id=" + account + "&kind=session.opened")).containsExactly(toAccount);
        assertThat(found("?account_id=" + account + "&state=failed")).isEmpty();
        assertThat(found("?account_id=" + account + "&to=" + LATER + "&from=2026-01-01T00:00:00Z"))
                .hasSize(3);
        assertThat(found("?account_id=" + account + "&from=" + LATER)).isEmpty();
    }

    /** Too long for an index: clients may put anything under these names. */
    @Test
    void leavesOutFieldsThatAreNoAddressOrAccount() {
        var random =
                Stream.generate(UUID::randomUUID).limit(200).map(UUID::toString).collect(joining());
        job("ai", "long", "{\"to\":\"" + random + "\",\"account_id\":[\"" + random + "\"]}");
    }

    @Test
    void listsOnlyTheTenantsJobsInPagesNewestFirst() {
        var added = IntStream.range(0, 5)
                .mapToObj(i -> job(i % 2 == 0 ? "ai" : "own", "k" + i, "{}"))
                .toList();
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = page("?limit=2" + cursor);
            ids.addAll(idsIn(page));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(ids).isEqualTo(added.reversed());
        var other = new Api(gateway, port, new Caller.Operator(new TenantId("t" + UUID.randomUUID())));
        assertThat(other.get(JOBS).body().get("jobs")).isEmpty();
        assertThat(other.get(JOBS + "?email=" + email).body().get("jobs")).isEmpty();
    }

    @Test
    void isForAdministratorsAlone() {
        var anAccount = new Caller.Account(tenant, account, UUID.randomUUID(), Set.of());
        assertThat(new Api(gateway, port, anAccount).get(JOBS).status()).isEqualTo(403);
        assertThat(new Api(gateway, port, new Caller.Anonymous(tenant))
                        .get(JOBS)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "email=ada, email",
        "email=, email",
        "account_id=1, account_id",
        "queue=Upper, queue",
        "kind=, kind",
        "state=done, state",
        "trace_id=x, trace_id",
        "from=yesterday, from",
        "to=yesterday, to",
        "from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z, to",
        "limit=201, limit",
        "cursor=x, cursor"
    })
    void refusesWhatIsWrong(String query, String field) {
        var answer = shop.get(JOBS + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(answer.body().get("errors")).hasSize(1);
    }

    private String mailTo(String address) {
        return shop.post(
                        "/api/v1/emails",
                        Map.of(
                                "kind",
                                "message",
                                "email",
                                address,
                                "data",
                                Map.of("title", "Hello", "body", "A secret word"),
                                "due_at",
                                LATER))
                .text("id");
    }

    private String job(String queue, String kind, String payload) {
        return String.valueOf(rows.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, max_attempts, payload, state, due_at)"
                        + " VALUES ('" + tenant.value() + "', '" + queue + "', '" + kind + "', 10, 3, CAST(? AS jsonb),"
                        + " 'delayed', now() + interval '1 hour') RETURNING id",
                payload));
    }

    private JsonNode page(String query) {
        var answer = shop.get(JOBS + query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private List<String> found(String query) {
        return idsIn(page(query));
    }

    private static List<String> idsIn(JsonNode page) {
        return page.get("jobs")
                .valueStream()
                .map(job -> job.get("id").asString())
                .toList();
    }
}
