package dev.frontdesk.registration.administration;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.ProfileChange;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@RunningService
class AccountAdministrationIT {

    private static final String ACCOUNTS = "/api/v1/admin/accounts";
    private static final String EVENTS = "/api/v1/admin/security-events";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private AccountChanges changes;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
    private final Caller operator = new Caller.Operator(tenant);

    @Test
    void findsAccountsByHowTheyBeginTheNewestFirst() {
        String ada = open("ada-1@example.org", "Ada", "Lovelace");
        String adele = open("x-2@example.org", "Adele", "Goldberg");
        open("grace@example.org", "Grace", "Hopper");
        String lower = open("y@example.org", "Zoe", "adams");

        assertThat(idsIn(find("?q=AD"))).containsExactly(lower, adele, ada);
        assertThat(idsIn(find("?q=ada-1@"))).containsExactly(ada);
        assertThat(idsIn(find("?q=%25"))).isEmpty();
        assertThat(idsIn(find("?q=a_a"))).isEmpty();
        assertThat(idsIn(find(""))).hasSize(4);
        assertThat(idsIn(json(visitor.get(ACCOUNTS, new Caller.Operator(ACME)))))
                .doesNotContain(ada, adele, lower);
    }

    /** Each of them is found by every other spelling. */
    @ParameterizedTest
    @CsvSource({
        "İbrahim, İnönü",
        "Οδυσσεύς, ΟΔΥΣΣΕΎΣ",
        "ﬁona, Straße",
        "Ａｄａ, ｶﾞﾗｼｱ",
        "علی\u200Cرضا, 葛\uDB40\uDD00城",
        "ıbrahım, INONU",
    })
    void findsANameInEverySpelling(String first, String last) {
        String id = open("x@example.org", first, last);

        for (String name : List.of(first, last)) {
            for (String spelling : spellingsOf(name)) {
                assertThat(idsIn(found(spelling))).as(spelling).containsExactly(id);
            }
        }
    }

    @Test
    void findsAllFourIsOfTurkishByEachOther() {
        var all = Stream.of("İbrahim", "ibrahim", "ıbrahım", "IBRAHIM")
                .map(name -> open(UUID.randomUUID() + "@example.org", name, "Bey"))
                .toList();

        for (String spelling : List.of("İbrahim", "ibrahim", "ıbrahım", "IBRAHIM", "i\u0307brahim")) {
            assertThat(idsIn(found(spelling))).as(spelling).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void findsADomainByBothItsForms() {
        String id = open("ada@xn--bcher-kva.example", "Ada", "Lovelace");

        for (String spelling :
                List.of("ada@bücher.example", "ADA@BÜCH", "ada@xn--bcher-kva.example", "ada@xn--bch", "ada@")) {
            assertThat(idsIn(found(spelling))).as(spelling).containsExactly(id);
        }
        assertThat(idsIn(found("ada@bucher"))).isEmpty();
    }

    @Test
    void findsAnAccountByItsNewNameAndAddress() {
        var ada = members.ada(tenant, "ada@example.org");
        var renamed = new ProfileChange(new PersonName("İrem"), null, null, false, null);

        changes.changeProfile(tenant, ada.id(), renamed).block();
        changes.changeAddress(ada, new EmailAddress("irem@bücher.example")).block();

        for (String spelling : List.of("IREM", "lovelace", "irem@büch")) {
            assertThat(idsIn(found(spelling)))
                    .as(spelling)
                    .containsExactly(ada.id().toString());
        }
        assertThat(idsIn(found("ada"))).isEmpty();
    }

    private static Set<String> spellingsOf(String name) {
        var spellings = new LinkedHashSet<String>();
        for (var form : Normalizer.Form.values()) {
            String text = Normalizer.normalize(name, form);
            spellings.addAll(List.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)));
            var turkish = Locale.of("tr");
            spellings.addAll(List.of(text.toLowerCase(turkish), text.toUpperCase(turkish)));
        }
        return spellings;
    }

    private JsonNode found(String prefix) {
        return find("?q=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8));
    }

    @Test
    void showsOneAccountAsTheListDoes() {
        String id = open("ada-one@example.org", "Ada", "Lovelace");

        JsonNode shown =
                json(visitor.get(ACCOUNTS + "/" + id, operator).expectStatus().isOk());
        assertThat(shown).isEqualTo(find("?q=ada-one@").get("accounts").get(0));
        assertThat(shown.get("email").asString()).isEqualTo("ada-one@example.org");
        visitor.get(ACCOUNTS + "/" + id, new Caller.Operator(ACME))
                .expectStatus()
                .isNotFound();
        visitor.get(ACCOUNTS + "/" + UUID.randomUUID(), operator).expectStatus().isNotFound();
        visitor.get(ACCOUNTS + "/1", operator).expectStatus().isNotFound();
        visitor.get(
                        ACCOUNTS + "/" + id,
                        new Caller.Account(tenant, UUID.fromString(id), UUID.randomUUID(), Set.of("administrator")))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void tellsAListPageByPage() {
        var all = Stream.of("a", "b", "c", "d", "e")
                .map(name -> open(name + "@example.org", "Ada", "Lovelace"))
                .toList();

        var pages = new ArrayList<List<String>>();
        String cursor = "";
        do {
            JsonNode page = find("?limit=2" + cursor);
            pages.add(idsIn(page));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(pages).extracting(List::size).containsExactly(2, 2, 1);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(all.reversed());
    }

    @Test
    void aDisabledAccountCannotLogInUntilItIsEnabled() {
        String email = "ada@example.org";
        String id = open(email, "Ada", "Lovelace");

        post(id, "disable").expectStatus().isNoContent();
        post(id, "disable").expectStatus().isNoContent();

        var refusal = json(visitor.logIn(tenant, email, PASSWORD).expectStatus().isUnauthorized());
        assertThat(refusal)
                .isEqualTo(json(visitor.logIn(tenant, "nobody@example.org", PASSWORD)
                        .expectStatus()
                        .isUnauthorized()));
        assertThat(idsIn(find("?status=disabled"))).containsExactly(id);
        assertThat(idsIn(find("?status=active"))).isEmpty();
        mailbox.awaitEventsOf(id, "dev.frontdesk.account.disabled.v1", 1);

        post(id, "enable").expectStatus().isNoContent();
        post(id, "enable").expectStatus().isNoContent();

        visitor.logIn(tenant, email, PASSWORD).expectStatus().isOk();
        mailbox.awaitEventsOf(id, "dev.frontdesk.account.enabled.v1", 1);
        assertThat(kindsIn(events("?account_id=" + id)))
                .containsExactly("session.opened", "account.enabled", "account.disabled", "account.verified");
    }

    @Test
    void addsAndRemovesRolesWhichEndsOlderSessions() {
        String id = open("ada@example.org", "Ada", "Lovelace");

        send(HttpMethod.PUT, id, "operator").expectStatus().isNoContent();
        send(HttpMethod.PUT, id, "operator").expectStatus().isNoContent();

        JsonNode login = json(visitor.logIn(tenant, "ada@example.org", PASSWORD)
                .expectStatus()
                .isOk());
        assertThat(login.get("roles").get(0).asString()).isEqualTo("operator");
        assertThat(login.get("credentials_version").asLong()).isEqualTo(1);
        mailbox.awaitEventsOf(id, "dev.frontdesk.account.roles-changed.v1", 1);

        send(HttpMethod.DELETE, id, "operator").expectStatus().isNoContent();
        send(HttpMethod.DELETE, id, "operator").expectStatus().isNoContent();

        login = json(visitor.logIn(tenant, "ada@example.org", PASSWORD)
                .expectStatus()
                .isOk());
        assertThat(login.get("roles")).isEmpty();
        assertThat(login.get("credentials_version").asLong()).isEqualTo(2);
        mailbox.awaitEventsOf(id, "dev.frontdesk.account.roles-changed.v1", 2);
        assertThat(kindsIn(events("?account_id=" + id)))
                .containsExactly(
                        "session.opened",
                        "account.roles-changed",
                        "session.opened",
                        "account.roles-changed",
                        "account.verified");
        for (String wrong : List.of("Operator", "a_b", "x".repeat(33), "-a")) {
            send(HttpMethod.PUT, id, wrong).expectStatus().isBadRequest();
        }
        members.send(HttpMethod.PUT, ACCOUNTS + "/" + id + "/roles/operator", new Caller.Operator(ACME), null)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void reachesNoAccountOfAnotherTenant() {
        String id = open("ada@example.org", "Ada", "Lovelace");
        var stranger = new Caller.Operator(ACME);

        visitor.post(ACCOUNTS + "/" + id + "/disable", stranger, "")
                .expectStatus()
                .isNotFound();
        visitor.post(ACCOUNTS + "/nothing/disable", operator, "").expectStatus().isNotFound();
        visitor.post(ACCOUNTS + "/" + UUID.randomUUID() + "/enable", operator, "")
                .expectStatus()
                .isNotFound();

        visitor.logIn(tenant, "ada@example.org", PASSWORD).expectStatus().isOk();
        assertThat(json(visitor.get(EVENTS + "?account_id=" + id, stranger)).get("security_events"))
                .isEmpty();
    }

    @Test
    void isForOperatorsAlone() {
        String id = open("ada@example.org", "Ada", "Lovelace");
        var paths = List.of(ACCOUNTS, EVENTS);
        var ada = new Caller.Account(tenant, UUID.fromString(id), UUID.randomUUID(), Set.of("admin"));
        var withRole = new Caller.Account(tenant, UUID.fromString(id), UUID.randomUUID(), Set.of("operator"));

        for (String path : paths) {
            visitor.get(path, new Caller.Anonymous(tenant)).expectStatus().isUnauthorized();
            visitor.get(path, ada).expectStatus().isForbidden();
            visitor.get(path, withRole).expectStatus().isOk();
        }
        visitor.post(ACCOUNTS + "/" + id + "/disable", ada, "").expectStatus().isForbidden();
        visitor.post(ACCOUNTS + "/" + id + "/enable", new Caller.Anonymous(tenant), "")
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void tellsWhoDidWhatAndFromWhere() {
        String id = open("ada@example.org", "Ada", "Lovelace");

        visitor.postFrom("192.0.2.7", "Firefox/140", ACCOUNTS + "/" + id + "/disable", operator, "")
                .expectStatus()
                .isNoContent();

        JsonNode event = events("?kind=account.disabled").get("security_events").get(0);
        assertThat(event.get("actor").asString()).isEqualTo("operator");
        assertThat(event.get("account_id").asString()).isEqualTo(id);
        assertThat(event.get("client_address").asString()).isEqualTo("192.0.2.7");
        assertThat(event.get("user_agent").asString()).isEqualTo("Firefox/140");
    }

    @Test
    void countsTheRefusedLoginsOfAnHourInOneRow() {
        String email = "nobody-" + UUID.randomUUID() + "@example.org";
        for (int i = 0; i < 3; i++) {
            visitor.logIn(tenant, email, PASSWORD).expectStatus().isUnauthorized();
        }

        JsonNode items = events("?kind=session.refused").get("security_events");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("occurrences").asInt()).isEqualTo(3);
        assertThat(items.get(0).get("subject").asString()).isEqualTo("n***@example.org");
        assertThat(items.get(0).has("account_id")).isFalse();
        assertThat(stores.rowsOf("security_events").toString()).doesNotContain(email, PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "accounts?limit=0, limit",
        "accounts?limit=201, limit",
        "accounts?limit=x, limit",
        "accounts?cursor=x, cursor",
        "accounts?cursor=MjAyNiB4, cursor",
        "accounts?status=gone, status",
        "accounts?q=, q",
        "security-events?account_id=7, account_id",
        "security-events?from=yesterday, from",
        "security-events?from=%2B1000000000-01-01T00:00:00Z, from",
        "security-events?to=0000-01-01T00:00:00Z, to",
        "security-events?to=-0044-03-15T00:00:00Z, to",
        // +1000000000-01-01T00:00:00Z and -0044-03-15T00:00:00Z, each with an id
        "security-events?cursor=KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBaIDAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMA,"
                + " cursor",
        "accounts?cursor=LTAwNDQtMDMtMTVUMDA6MDA6MDBaIDAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMA, cursor",
        "security-events?to=2026-13-01T00:00:00Z, to",
        "security-events?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, to",
        "security-events?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z, to",
        "security-events?kind=A%20b, kind",
        "security-events?kind=ACCOUNT.VERIFIED, kind",
        "security-events?kind=verified, kind",
        "security-events?limit=-1, limit"
    })
    void namesAParameterThatIsWrong(String pathAndQuery, String field) {
        JsonNode problem = json(visitor.get("/api/v1/admin/" + pathAndQuery, operator)
                .expectStatus()
                .isBadRequest());

        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    private String open(String email, String first, String last) {
        var body = Visitor.ada(email);
        body.putAll(Map.of("first_name", first, "last_name", last));
        visitor.register(tenant, body).expectStatus().isAccepted();
        // Other tests use the same address in other tenants, and the mailbox can't distinguish them otherwise.
        String code = mailbox.codeIn(tenant, email);
        return json(visitor.verify(tenant, email, code).expectStatus().isCreated())
                .get("id")
                .asString();
    }

    private ResponseSpec post(String id, String what) {
        return visitor.post(ACCOUNTS + "/" + id + "/" + what, operator, "");
    }

    @Test
    void anAccountHasSixteenRolesAtMost() {
        String id = open("ada@example.org", "Ada", "Lovelace");
        for (int i = 0; i < 16; i++) {
            send(HttpMethod.PUT, id, "role-" + i).expectStatus().isNoContent();
        }
        send(HttpMethod.PUT, id, "role-15").expectStatus().isNoContent();
        send(HttpMethod.PUT, id, "role-16").expectStatus().isBadRequest();
        send(HttpMethod.DELETE, id, "role-3").expectStatus().isNoContent();
        send(HttpMethod.PUT, id, "role-16").expectStatus().isNoContent();
    }

    private ResponseSpec send(HttpMethod method, String account, String role) {
        clock.advance(Duration.ofMillis(1));
        return members.send(method, ACCOUNTS + "/" + account + "/roles/" + role, operator, null);
    }

    private JsonNode find(String query) {
        return json(visitor.get(ACCOUNTS + query, operator).expectStatus().isOk());
    }

    private JsonNode events(String query) {
        return json(visitor.get(EVENTS + query, operator).expectStatus().isOk());
    }

    private static List<String> idsIn(JsonNode page) {
        return textsIn(page.get("accounts"), "id");
    }

    private static List<String> kindsIn(JsonNode page) {
        return textsIn(page.get("security_events"), "kind");
    }

    private static List<String> textsIn(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get(field).asString())
                .toList();
    }
}
