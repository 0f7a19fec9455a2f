package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The life of an account from sign-up to deletion, and its effects on sessions. */
@WithStack
class AccountLifeIT {

    private static final String ME = "/api/v1/users/me";
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    private final LocalStack stack;

    AccountLifeIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsAndAResetEndsAll() {
        var ada = Person.withAccount(stack);
        var laptop = ada.logsIn();
        var phone = ada.logsIn();

        String changed = newPassword();
        laptop.post(ME + "/password", Map.of("current_password", ada.password(), "new_password", changed))
                .expect(204);

        awaitEnd(phone);
        laptop.list().expect(200);
        ada.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);
        ada.changes("password", changed);
        ada.logsIn();

        anonymous("/api/v1/users/forgot-password", Map.of("email", ada.email())).expect(202);
        String code = stack.mustNotTell(ada.mail("Choose a new password", 1).code());
        String reset = newPassword();
        var asked = Map.of("email", ada.email(), "code", code, "new_password", reset);
        anonymous("/api/v1/users/reset-password", asked).expect(204);
        anonymous("/api/v1/users/reset-password", asked).expectProblem(ProblemType.WRONG_VERIFICATION_CODE);

        awaitEnd(laptop);
        ada.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);
        ada.changes("password", reset);
        ada.logsIn();
        // The change, and the recovery; and all of the four logins but the first were on a new device.
        ada.mail("Your password was changed", 2);
        ada.mail("Your account was opened on a new device", 3);
        ada.mail("Welcome", 1);
    }

    @Test
    void theAddressChangesWhenTheNewOneIsProved() {
        var ada = Person.withAccount(stack);
        String old = ada.email();
        String better = "better." + old;
        var session = ada.logsIn();

        session.post(ME + "/email", Map.of("email", better, "password", ada.password()))
                .expect(202);
        assertThat(session.get(ME).expect(200).field("email")).isEqualTo(old);
        var letter = Person.speaking(stack, "en");
        letter.changes("email", better);
        session.post(ME + "/email/verify", Map.of("code", letter.mail().code())).expect(200);

        assertThat(session.get(ME).expect(200).field("email")).isEqualTo(better);
        ada.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);
        // At the old address: what happened to the account.
        ada.mail("The address of your account was changed", 1);
        ada.changes("email", better);
        ada.logsIn();
    }

    @Test
    void anOperatorClosesAndOpensAnAccountAndReadsItsTrail() {
        var ada = Person.withAccount(stack);
        var session = ada.logsIn();
        String id = session.get(ME).expect(200).field("id");

        operator("POST", "/api/v1/admin/accounts/" + id + "/disable").expect(204);
        awaitEnd(session);
        ada.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);

        operator("POST", "/api/v1/admin/accounts/" + id + "/enable").expect(204);
        ada.logsIn();

        var found = operator("GET", "/api/v1/admin/accounts?q=" + ada.email()).expect(200);
        assertThat(found.json().get("accounts").get(0).get("id").asString()).isEqualTo(id);
        var trail = operator("GET", "/api/v1/admin/security-events?account_id=" + id)
                .expect(200);
        assertThat(textsIn(trail, "kind"))
                .containsExactly(
                        "session.opened", "account.enabled", "account.disabled", "session.opened", "account.verified");
        assertThat(textsIn(trail, "client_address")).hasSize(5).containsOnly("127.0.0.1");
    }

    @Test
    void whoLeavesTakesEverythingAlong() {
        var ada = Person.withAccount(stack);
        var session = ada.logsIn();
        session.send("PATCH", ME, Map.of("first_name", "Augusta")).expect(200);
        assertThat(session.get(ME).expect(200).field("first_name")).isEqualTo("Augusta");
        assertThat(session.get(ME + "/export").expect(200).text())
                .contains("Augusta", ada.email())
                .doesNotContain("$argon2");

        session.send("DELETE", ME, Map.of("password", "not the password")).expectProblem(ProblemType.INVALID_REQUEST);
        session.send("DELETE", ME, Map.of("password", ada.password())).expect(204);

        awaitEnd(session);
        ada.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);
        assertThat(stack.postgres().accounts(ada.email())).isZero();
    }

    private static void awaitEnd(Session session) {
        await("the end of a session")
                .atMost(TOLD_WITHIN)
                .untilAsserted(() -> session.list().expectProblem(ProblemType.UNAUTHENTICATED));
    }

    private String newPassword() {
        return stack.mustNotTell("başka bir sır " + UUID.randomUUID());
    }

    private Answer anonymous(String path, Map<String, ?> body) {
        return new Gateway(stack.gatewayUrl()).post(path, JsonMapper.shared().writeValueAsString(body));
    }

    private Answer operator(String method, String path) {
        return new Gateway(stack.gatewayUrl()).send(method, path, new byte[0], "X-API-Key", stack.operatorKey());
    }

    private static List<String> textsIn(Answer trail, String field) {
        return StreamSupport.stream(trail.json().get("security_events").spliterator(), false)
                .map(event -> event.get(field).asString())
                .toList();
    }
}
