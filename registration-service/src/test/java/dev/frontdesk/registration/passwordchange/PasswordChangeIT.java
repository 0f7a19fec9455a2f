package dev.frontdesk.registration.passwordchange;

import static dev.frontdesk.registration.Members.PASSWORD_CHANGED;
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
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@RunningService
class PasswordChangeIT {

    private static final String PATH = "/api/v1/users/me/password";
    private static final String NEW = "amber lighthouse 7";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private MutableClock clock;

    private final String email = anyEmail();
    private final Account account;
    private final Caller.Account caller;

    PasswordChangeIT(@Autowired Members members) {
        this.account = members.ada(email);
        this.caller = owner(account);
    }

    @Test
    void putsAnotherPasswordInThePlaceOfTheOldOne() {
        change(PASSWORD, NEW).expectStatus().isNoContent();

        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, email, NEW).expectStatus().isOk();
        JsonNode told =
                Mailbox.read(mailbox.awaitEvents(email, PASSWORD_CHANGED, 1).getFirst());
        assertThat(told.get("account_id").asString()).isEqualTo(account.id().toString());
        assertThat(told.get("kept_session_id").asString())
                .isEqualTo(caller.sessionId().toString());
    }

    @Test
    void asksForTheOldOneTenTimesAnHour() {
        for (int i = 0; i < 10; i++) {
            assertThat(refused(change("violet harbour 43", NEW))).containsExactly("current_password");
        }

        JsonNode problem = json(change(PASSWORD, NEW)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After"));

        assertThat(problem.get("reason").asString()).isEqualTo("password_attempts");
        assertThat(problem.get("retry_after").asInt()).isEqualTo(3600);
        clock.advance(Duration.ofHours(1));
        change(PASSWORD, NEW).expectStatus().isNoContent();
    }

    @Test
    void refusesWhatNoPasswordMayBe() {
        assertThat(refused(change(PASSWORD, "short"))).containsExactly("new_password");
        assertThat(refused(change(PASSWORD, "password123"))).containsExactly("new_password");
        assertThat(refused(change(PASSWORD, email))).containsExactly("new_password");
        assertThat(refused(visitor.post(PATH, caller, Map.of()))).containsExactly("current_password", "new_password");
        assertThat(refused(visitor.post(
                        PATH, caller, Map.of("current_password", PASSWORD, "new_password", NEW, "role", "admin"))))
                .containsExactly("role");
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void letsOneOfTwoWin() {
        var answers = Flux.just(NEW, "silver meadow 11")
                .flatMap(chosen ->
                        visitor.sending(PATH, caller, Map.of("current_password", PASSWORD, "new_password", chosen)))
                .map(Visitor.Answer::status)
                .collectList()
                .block();

        // The second one gets a wrong old password, or, if it follows that closely, a changed account.
        assertThat(answers).contains(204).containsAnyOf(400, 409);
        mailbox.awaitEvents(email, PASSWORD_CHANGED, 1);
    }

    @Test
    void isForWhoHasASession() {
        visitor.post(PATH, new Caller.Anonymous(ACME), Map.of()).expectStatus().isUnauthorized();
        visitor.post(PATH, new Caller.Operator(ACME), Map.of()).expectStatus().isForbidden();
    }

    private ResponseSpec change(String current, String chosen) {
        return visitor.post(PATH, caller, Map.of("current_password", current, "new_password", chosen));
    }

    private static List<String> refused(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }
}
