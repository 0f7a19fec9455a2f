package dev.frontdesk.registration.deletion;

import static dev.frontdesk.registration.Members.ACCOUNT_DELETED;
import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@RunningService
class DeletionIT {

    private static final String ME = "/api/v1/users/me";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    private final Members members;
    private final String email = anyEmail();
    private final Account account;
    private final Caller.Account caller;

    DeletionIT(@Autowired Members members) {
        this.members = members;
        this.account = members.ada(email);
        this.caller = owner(account);
    }

    @Test
    void leavesNothing() {
        members.get(ME, caller).expectStatus().isOk();
        visitor.post("/api/v1/users/forgot-password", new Caller.Anonymous(ACME), Map.of("email", email));
        visitor.post(ME + "/email", caller, Map.of("email", anyEmail(), "password", PASSWORD));

        delete(Map.of("password", PASSWORD)).expectStatus().isNoContent();

        assertThat(stores.accounts(email)).isEmpty();
        assertThat(stores.proofs(account.id().toString())).isEmpty();
        assertThat(stores.proofs(account.email().hash())).isEmpty();
        members.get(ME, caller).expectStatus().isNotFound();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        JsonNode told =
                Mailbox.read(mailbox.awaitEvents(email, ACCOUNT_DELETED, 1).getFirst());
        assertThat(told.get("account_id").asString()).isEqualTo(account.id().toString());
        delete(Map.of("password", PASSWORD)).expectStatus().isNotFound();
    }

    @Test
    void takesASignUpAlongThatWaitsForTheSameAddress() {
        String waiting = anyEmail();
        visitor.registers(waiting);
        String code = mailbox.code(waiting);
        Account other = members.ada(waiting);

        members.send(HttpMethod.DELETE, ME, owner(other), Map.of("password", PASSWORD))
                .expectStatus()
                .isNoContent();

        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, waiting));
        visitor.verify(waiting, code).expectStatus().isBadRequest();
        assertThat(stores.accounts(waiting)).isEmpty();
    }

    @Test
    void needsThePassword() {
        assertThat(named(delete(Map.of()))).containsExactly("password");
        assertThat(named(delete(Map.of("password", "violet harbour 43")))).containsExactly("password");
        assertThat(named(delete(Map.of("password", 1)))).containsExactly("password");
        members.send(HttpMethod.DELETE, ME, caller, null).expectStatus().is4xxClientError();
        members.send(HttpMethod.DELETE, ME, caller, "").expectStatus().isBadRequest();
        assertThat(stores.accounts(email)).hasSize(1);
    }

    @Test
    void happensOnce() {
        var answers = Flux.range(0, 4)
                .flatMap(_ -> visitor.sending(HttpMethod.DELETE, ME, caller, Map.of("password", PASSWORD)))
                .map(Visitor.Answer::status)
                .collectList()
                .block();

        assertThat(answers).containsOnlyOnce(204).isSubsetOf(204, 404, 409);
        mailbox.awaitEvents(email, ACCOUNT_DELETED, 1);
    }

    private ResponseSpec delete(Object body) {
        return members.send(HttpMethod.DELETE, ME, caller, body);
    }

    private static List<String> named(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }
}
