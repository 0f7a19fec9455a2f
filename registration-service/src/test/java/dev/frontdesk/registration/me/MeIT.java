package dev.frontdesk.registration.me;

import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Members.with;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@RunningService
class MeIT {

    private static final String ME = "/api/v1/users/me";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final TenantId OTHER = new TenantId("other");

    private final Members members;

    @Autowired
    private Visitor visitor;

    @Autowired
    private Stores stores;

    private final String email = anyEmail();
    private final Account account;

    MeIT(@Autowired Members members) {
        this.members = members;
        this.account = members.ada(email);
    }

    @Test
    void showsPeopleTheirOwnAccount() {
        var caller = with(account, Set.of("support", "editor"));
        JsonNode me = json(members.get(ME, caller).expectStatus().isOk());

        assertThat(me.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "email", "first_name", "last_name", "phone", "locale", "created_at", "tenant", "roles");
        assertThat(me.get("id").asString()).isEqualTo(account.id().toString());
        assertThat(me.get("tenant").asString()).isEqualTo("acme");
        assertThat(me.get("roles").toString()).isEqualTo("[\"editor\",\"support\"]");
        assertThat(me.get("email").asString()).isEqualTo(email);
        assertThat(json(members.get(ME, caller))).isEqualTo(me);
    }

    @Test
    void mergesAPatch() {
        members.get(ME, owner(account));

        JsonNode changed = json(patch("{\"first_name\":\" Augusta \",\"phone\":null,\"locale\":\"en\"}")
                .expectStatus()
                .isOk());

        assertThat(changed.get("first_name").asString()).isEqualTo("Augusta");
        assertThat(changed.get("last_name").asString()).isEqualTo("Lovelace");
        assertThat(changed.has("phone")).isFalse();
        assertThat(changed.get("locale").asString()).isEqualTo("en");
        assertThat(json(members.get(ME, owner(account)))).isEqualTo(changed);
        JsonNode again = json(members.send(HttpMethod.PATCH, ME, owner(account), "{\"phone\":\"+90 555 765 43 21\"}")
                .expectStatus()
                .isOk());
        assertThat(again.get("phone").asString()).isEqualTo("+905557654321");
        JsonNode national = json(members.send(HttpMethod.PATCH, ME, owner(account), "{\"phone\":\"0555 123 45 67\"}")
                .expectStatus()
                .isOk());
        assertThat(national.get("phone").asString()).isEqualTo("+905551234567");
        assertThat(again.get("first_name").asString()).isEqualTo("Augusta");
    }

    @Test
    void takesAnEmptyPatch() {
        var before = stores.accounts(email);
        JsonNode same = json(patch("{}").expectStatus().isOk());
        assertThat(same.get("first_name").asString()).isEqualTo("Ada");
        assertThat(stores.accounts(email)).isEqualTo(before);
    }

    @Test
    void mergesTwoPatchesAtOnce() {
        Flux.just(Map.of("first_name", "Augusta"), Map.of("last_name", "King"))
                .flatMap(body -> visitor.sending(HttpMethod.PATCH, ME, owner(account), body))
                .blockLast();
        JsonNode me = json(members.get(ME, owner(account)));
        assertThat(me.get("first_name").asString()).isEqualTo("Augusta");
        assertThat(me.get("last_name").asString()).isEqualTo("King");
    }

    static Stream<Arguments> wrongPatches() {
        return Stream.of(
                Arguments.of("{\"email\":\"eve@example.com\"}", List.of("email")),
                Arguments.of("{\"id\":\"1\",\"roles\":[\"admin\"]}", List.of("id", "roles")),
                Arguments.of("{\"role\":\"admin\",\"first_name\":\"Eve\"}", List.of("role")),
                Arguments.of("{\"tenant_id\":\"x\",\"verified\":true}", List.of("tenant_id", "verified")),
                Arguments.of("{\"password\":\"x\"}", List.of("password")),
                Arguments.of("{\"first_name\":null}", List.of("first_name")),
                Arguments.of("{\"first_name\":42}", List.of("first_name")),
                Arguments.of("{\"first_name\":{\"a\":null}}", List.of("first_name")),
                Arguments.of("{\"last_name\":\"\"}", List.of("last_name")),
                Arguments.of("{\"locale\":null}", List.of("locale")),
                Arguments.of("{\"locale\":\"not a locale\"}", List.of("locale")),
                Arguments.of("{\"phone\":\"555\"}", List.of("phone")),
                Arguments.of("{\"phone\":[]}", List.of("phone")));
    }

    @ParameterizedTest
    @MethodSource("wrongPatches")
    void namesTheFieldsThatAreWrong(String body, List<String> fields) {
        var before = stores.accounts(email);

        JsonNode problem = json(patch(body).expectStatus().isBadRequest());

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .containsExactlyInAnyOrderElementsOf(fields);
        assertThat(stores.accounts(email)).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNoPatch() {
        for (String body :
                List.of("[]", "null", "\"text\"", "{", "", "[".repeat(5_000), "{\"phone\":null,\"phone\":1}")) {
            patch(body).expectStatus().isBadRequest();
        }
        patch("{\"first_name\":\"" + "a".repeat(70_000) + "\"}").expectStatus().isEqualTo(413);
        members.send(HttpMethod.PATCH, ME, owner(account), "first_name=Eve", "application/x-www-form-urlencoded")
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void showsAnAccountToWhoMayReadIt() {
        String path = "/api/v1/users/" + account.id();
        Account neighbour = members.ada(anyEmail());
        Account foreigner = members.ada(OTHER, anyEmail());

        for (Caller may : List.of(
                owner(account),
                with(neighbour, Set.of("administrator")),
                with(neighbour, Set.of("operator")),
                new Caller.Operator(ACME))) {
            JsonNode shown = json(members.get(path, may).expectStatus().isOk());
            assertThat(shown.get("email").asString()).isEqualTo(email);
        }
        JsonNode unknown = json(members.get("/api/v1/users/" + UUID.randomUUID(), new Caller.Operator(ACME))
                .expectStatus()
                .isNotFound());
        for (Caller mayNot : List.of(
                owner(neighbour),
                with(neighbour, Set.of("member")),
                with(foreigner, Set.of("administrator", "operator")),
                new Caller.Operator(OTHER),
                new Caller.Account(OTHER, account.id(), UUID.randomUUID(), Set.of()))) {
            JsonNode refusal = json(members.get(path, mayNot).expectStatus().isNotFound());
            assertThat(refusal.get("type")).isEqualTo(unknown.get("type"));
            assertThat(refusal.get("detail")).isEqualTo(unknown.get("detail"));
        }
        members.get(path, new Caller.Anonymous(ACME)).expectStatus().isUnauthorized();
        members.get("/api/v1/users/1", new Caller.Operator(ACME)).expectStatus().isNotFound();
    }

    @Test
    void isForAccountsAlone() {
        members.get(ME, new Caller.Anonymous(ACME)).expectStatus().isUnauthorized();
        members.get(ME, new Caller.Operator(ACME)).expectStatus().isForbidden();
        var gone = new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of());
        members.get(ME, gone).expectStatus().isNotFound();
        members.send(HttpMethod.PATCH, ME, gone, Map.of("first_name", "Eve"))
                .expectStatus()
                .isNotFound();
    }

    @Test
    void exportsWhatIsKept() {
        visitor.post("/api/v1/users/forgot-password", new Caller.Anonymous(ACME), Map.of("email", email));
        visitor.post(ME + "/email", owner(account), Map.of("email", anyEmail(), "password", PASSWORD))
                .expectStatus()
                .isAccepted();

        ResponseSpec answer = members.get(ME + "/export", owner(account))
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"account.json\"")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store");

        JsonNode export = json(answer);
        assertThat(export.get("account").get("email").asString()).isEqualTo(email);
        assertThat(export.get("kept").get("tenant").asString()).isEqualTo("acme");
        assertThat(export.get("pending")
                        .valueStream()
                        .map(it -> it.get("purpose").asString()))
                .containsExactlyInAnyOrder("password-reset", "address-change");
        assertThat(export.toString()).doesNotContain("argon2", "hash", "hmac", "code", "token");
    }

    private ResponseSpec patch(String body) {
        return members.send(HttpMethod.PATCH, ME, owner(account), body, MERGE_PATCH);
    }
}
