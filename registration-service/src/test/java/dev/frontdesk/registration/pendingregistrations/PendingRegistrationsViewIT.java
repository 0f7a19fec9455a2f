package dev.frontdesk.registration.pendingregistrations;

import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@RunningService
class PendingRegistrationsViewIT {

    private static final String PATH = "/api/v1/admin/pending-registrations";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private PendingRegistrationsView waiting;

    @Autowired
    private MutableClock clock;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private final Caller operator = new Caller.Operator(tenant);

    @Test
    void showsWhoWaitsAndNothingSecret() {
        String email = registered();
        visitor.verify(tenant, email, wrong(mailbox.code(email))).expectStatus().isBadRequest();

        JsonNode entry = json(call(HttpMethod.GET, PATH, operator)
                        .expectStatus()
                        .isOk())
                .get("pending_registrations")
                .get(0);

        assertThat(entry.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "email",
                        "first_name",
                        "last_name",
                        "locale",
                        "requested_at",
                        "expires_at",
                        "code_guesses",
                        "guesses");
        assertThat(entry.get("email").asString()).isEqualTo(email);
        assertThat(entry.get("guesses").asInt()).isEqualTo(1);
        assertThat(entry.get("code_guesses").asInt()).isEqualTo(1);
    }

    @Test
    void listsEachRegistrationOnceInPages() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            expected.add(registered());
        }
        visitor.register(new TenantId("other"), ada(anyEmail())).expectStatus().isAccepted();

        var seen = new ArrayList<String>();
        String query = "?limit=2";
        int pages = 0;
        for (String next = query; next != null; pages++) {
            JsonNode page = json(
                    call(HttpMethod.GET, PATH + next, operator).expectStatus().isOk());
            assertThat(page.get("pending_registrations").size()).isLessThanOrEqualTo(2);
            page.get("pending_registrations")
                    .forEach(it -> seen.add(it.get("email").asString()));
            next = page.has("next_cursor")
                    ? query + "&cursor=" + page.get("next_cursor").asString()
                    : null;
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pages).isEqualTo(4);
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void losesWhatIsProvedExpiredOrLost() {
        String proved = registered();
        String lost = registered();
        String expires = registered();
        long all = waiting.countAll().blockOptional().orElseThrow();
        visitor.verify(tenant, proved, mailbox.code(proved)).expectStatus().isCreated();
        assertThat(count()).isEqualTo(2);
        assertThat(waiting.countAll().block()).isEqualTo(all - 1);

        stores.remove(stores.pendingKey(tenant, lost));
        assertThat(emails()).containsExactly(expires);
        assertThat(count()).isEqualTo(1);
        assertThat(waiting.countAll().block()).isEqualTo(all - 2);

        clock.advance(Duration.ofHours(24));
        assertThat(count()).isZero();
        assertThat(emails()).isEmpty();
        assertThat(waiting.countAll().block()).isLessThanOrEqualTo(all - 3);
    }

    @Test
    void showsEverySignUpOfAnAddressThatCountsOnce() {
        String email = registered();
        visitor.register(tenant, ada(email)).expectStatus().isAccepted();
        assertThat(count()).isEqualTo(1);
        assertThat(emails()).containsExactly(email, email);
    }

    @Test
    void losesWhatAnOperatorDeletes() {
        String email = registered();
        String kept = idOf();
        visitor.register(tenant, ada(email)).expectStatus().isAccepted();
        String id = ids().stream().filter(it -> !it.equals(kept)).findFirst().orElseThrow();

        call(HttpMethod.DELETE, PATH + "/" + id, new Caller.Operator(new TenantId("other")))
                .expectStatus()
                .isNotFound();
        call(HttpMethod.DELETE, PATH + "/" + id, operator).expectStatus().isNoContent();
        assertThat(stores.rowsOf("security_events"))
                .filteredOn(row -> tenant.value().equals(row.get("tenant")))
                .extracting(row -> row.get("kind") + " by " + row.get("actor"))
                .containsExactly("account.sign-up-deleted by operator");

        call(HttpMethod.DELETE, PATH + "/" + id, operator).expectStatus().isNotFound();
        assertThat(ids()).containsExactly(kept);
        call(HttpMethod.DELETE, PATH + "/" + kept, operator).expectStatus().isNoContent();
        assertThat(count()).isZero();
        visitor.verify(tenant, email, mailbox.code(email, 2)).expectStatus().isBadRequest();
        visitor.register(tenant, ada(email)).expectStatus().isAccepted();
        visitor.verify(tenant, email, mailbox.code(email, 3)).expectStatus().isCreated();
    }

    @Test
    void isForOperatorsAlone() {
        var anonymous = new Caller.Anonymous(tenant);
        var editor = new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of("editor"));
        var colleague = new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of("operator"));
        for (String path : List.of(PATH, PATH + "?limit=none", PATH + "/count")) {
            call(HttpMethod.GET, path, anonymous).expectStatus().isUnauthorized();
            call(HttpMethod.GET, path, editor).expectStatus().isForbidden();
        }
        call(HttpMethod.DELETE, PATH + "/x", anonymous).expectStatus().isUnauthorized();
        call(HttpMethod.DELETE, PATH + "/x", editor).expectStatus().isForbidden();
        call(HttpMethod.GET, PATH, colleague).expectStatus().isOk();
        call(HttpMethod.GET, PATH + "/count", colleague).expectStatus().isOk();
        call(HttpMethod.DELETE, PATH + "/" + UUID.randomUUID(), colleague)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        for (String limit : List.of("0", "201", "-1", "many", "1e2", "99999999999")) {
            assertNames("limit", call(HttpMethod.GET, PATH + "?limit=" + limit, operator));
        }
        for (String cursor : List.of("x", "AAAA", "NjQuMC5h", "..", "%00", "a".repeat(3000))) {
            assertNames("cursor", call(HttpMethod.GET, PATH + "?cursor=" + cursor, operator));
        }
        call(HttpMethod.DELETE, PATH + "/1-1-1-1-1", operator).expectStatus().isNotFound();
    }

    private static void assertNames(String field, ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    private String registered() {
        String email = anyEmail();
        visitor.register(tenant, ada(email)).expectStatus().isAccepted();
        return email;
    }

    private List<String> emails() {
        var emails = new ArrayList<String>();
        json(call(HttpMethod.GET, PATH, operator).expectStatus().isOk())
                .get("pending_registrations")
                .forEach(it -> emails.add(it.get("email").asString()));
        return emails;
    }

    private String idOf() {
        return ids().getFirst();
    }

    private List<String> ids() {
        var ids = new ArrayList<String>();
        json(call(HttpMethod.GET, PATH, operator))
                .get("pending_registrations")
                .forEach(it -> ids.add(it.get("id").asString()));
        return ids;
    }

    private long count() {
        return json(call(HttpMethod.GET, PATH + "/count", operator)
                        .expectStatus()
                        .isOk())
                .get("count")
                .asLong();
    }

    private ResponseSpec call(HttpMethod method, String uri, Caller caller) {
        return visitor.client()
                .method(method)
                .uri(uri)
                .header("X-Frontdesk-Identity", visitor.identity(caller))
                .exchange();
    }
}
