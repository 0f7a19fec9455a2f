package dev.frontdesk.registration.verification;

import static dev.frontdesk.registration.Mailbox.VERIFICATION_REQUESTED;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.Visitor.Answer;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The owner and a stranger sign up the same address: its verification decides, and only the owner can complete it. */
@RunningService
class SeveralSignUpsIT {

    private static final String OWNER = "192.0.2.7";
    private static final String STRANGER = "198.51.100.9";
    private static final String STRANGERS = "amber lighthouse 7";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Members members;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    @Autowired
    private PasswordHashing passwords;

    private final String email = anyEmail();

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void opensWithNoPasswordByACodeAlone(boolean ownerFirst, int code) {
        List<String> codes = bothSignUp(ownerFirst);

        opensWithoutPassword(codes.get(code));

        visitor.verify(email, codes.get(1 - code)).expectStatus().isBadRequest();
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void opensWithThePasswordThatTheProofShows(boolean ownerFirst, int code) {
        List<String> codes = bothSignUp(ownerFirst);

        JsonNode account = json(
                visitor.verify(email, codes.get(code), PASSWORD).expectStatus().isCreated());

        assertThat(account.has("password_required")).isFalse();
        assertThat(account.get("first_name").asString()).isEqualTo("Ada");
        assertThat(account.get("phone").asString()).isEqualTo("+905551234567");
        assertThat(account.get("locale").asString()).isEqualTo("tr");
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(strings = {OWNER, STRANGER, "203.0.113.4"})
    void opensWithNoPasswordAfterAResend(String client) {
        bothSignUp(true);
        clock.advance(Duration.ofSeconds(60));
        visitor.resendFrom(client, email).expectStatus().isAccepted();
        opensWithoutPassword(mailbox.code(email, 3));
    }

    @Test
    void renewsTheNewestSignUpOfTheClientThatAsks() {
        List<String> codes = bothSignUp(true);
        clock.advance(Duration.ofSeconds(60));
        visitor.resendFrom(OWNER, email).expectStatus().isAccepted();
        List<String> names = mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 3).stream()
                .map(event -> Mailbox.read(event).get("first_name").asString())
                .toList();
        assertThat(names).containsExactly("Ada", "Mallory", "Ada");

        visitor.resendFrom("203.0.113.4", email).expectStatus().isAccepted();
        assertThat(Mailbox.read(mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 4)
                                .getLast())
                        .get("first_name")
                        .asString())
                .isEqualTo("Mallory");
        visitor.verify(email, codes.getFirst()).expectStatus().isBadRequest();
        visitor.verify(email, mailbox.codes(email, 4).get(2)).expectStatus().isCreated();
    }

    @Test
    void leavesTheOwnersCodeWhenAStrangerAsksForAnother() {
        visitor.registerFrom(OWNER, ada(email)).expectStatus().isAccepted();
        String code = mailbox.code(email);
        visitor.resendFrom(STRANGER, email).expectStatus().isAccepted();
        visitor.resendFrom("203.0.113.4", email).expectStatus().isAccepted();
        mailbox.codes(email, 3);

        JsonNode account = json(visitor.verify(email, code).expectStatus().isCreated());

        assertThat(account.has("password_required")).isFalse();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void keepsTheOwnersSignUpFromOneStrangersMany() {
        visitor.registerFrom(OWNER, ada(email)).expectStatus().isAccepted();
        for (int i = 0; i < 5; i++) {
            visitor.registerFrom(STRANGER, stranger()).expectStatus().isAccepted();
            clock.advance(Duration.ofMinutes(10));
        }
        visitor.resendFrom(OWNER, email).expectStatus().isAccepted();

        JsonNode account = json(visitor.verify(email, mailbox.code(email, 7), PASSWORD)
                .expectStatus()
                .isCreated());

        assertThat(account.has("password_required")).isFalse();
        assertThat(account.get("first_name").asString()).isEqualTo("Ada");
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void opensWithNoPasswordByAWrongOne() {
        List<String> codes = bothSignUp(true);
        JsonNode account = json(visitor.verify(email, codes.getFirst(), "neither of the two")
                .expectStatus()
                .isCreated());
        assertThat(account.get("password_required").asBoolean()).isTrue();
        refusesPasswords();
    }

    /** The client proves with a password that the only sign-up is not its own. */
    @Test
    void opensOneSignUpWithNoPasswordByAWrongOne() {
        visitor.registers(email);
        JsonNode account = json(visitor.verify(email, mailbox.code(email), "not the one")
                .expectStatus()
                .isCreated());
        assertThat(account.get("password_required").asBoolean()).isTrue();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
    }

    @Test
    void opensOneSignUpByItsCodeAloneOrWithItsPassword() {
        visitor.registers(email);
        JsonNode account =
                json(visitor.verify(email, mailbox.code(email)).expectStatus().isCreated());
        assertThat(account.has("password_required")).isFalse();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();

        String another = anyEmail();
        visitor.registers(another);
        account = json(visitor.verify(another, mailbox.code(another), PASSWORD)
                .expectStatus()
                .isCreated());
        assertThat(account.has("password_required")).isFalse();
        visitor.logIn(ACME, another, PASSWORD).expectStatus().isOk();
    }

    /** The result is the same if both sign-ups have the same password. */
    @Test
    void opensWithNoPasswordAlsoWhereBothHaveTheSame() {
        visitor.registerFrom(OWNER, ada(email)).expectStatus().isAccepted();
        visitor.registerFrom(STRANGER, ada(email)).expectStatus().isAccepted();
        opensWithoutPassword(mailbox.codes(email, 2).getFirst());
    }

    @Test
    void saysInTheMailThatThereIsAnother() {
        bothSignUp(true);
        clock.advance(Duration.ofSeconds(60));
        visitor.resendFrom(OWNER, email).expectStatus().isAccepted();
        assertThat(mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 3).stream()
                        .map(event -> Mailbox.read(event).get("repeated").asBoolean()))
                .containsExactly(false, true, true);
    }

    @Test
    void opensOneAccountForParallelSignUpsAndCodes() {
        List<Answer> signUps = Flux.range(0, 3)
                .flatMap(_ -> visitor.registering(email), 3)
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(signUps).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        List<String> codes = mailbox.codes(email, 3);
        assertThat(mailbox.events(email, VERIFICATION_REQUESTED).stream()
                        .map(event -> Mailbox.read(event).get("repeated").asBoolean()))
                .containsExactlyInAnyOrder(false, true, true);

        Map<Integer, Long> answers = Flux.range(0, 60)
                .flatMap(i -> visitor.verifying(email, codes.get(i % 3)), 60)
                .collect(groupingBy(Answer::status, counting()))
                .blockOptional()
                .orElseThrow();

        assertThat(answers).containsEntry(201, 1L);
        assertThat(answers.keySet()).isSubsetOf(201, 400, 409);
        assertThat(stores.accounts(email)).hasSize(1);
        refusesPasswords();
    }

    @Test
    void keepsThreeAtOnceAndLetsNoCodeGoThatWorks() {
        bothSignUp(true);
        visitor.registerFrom("203.0.113.4", ada(email)).expectStatus().isAccepted();
        JsonNode refused = json(visitor.registerFrom("203.0.113.5", ada(email))
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After"));
        assertThat(refused.get("reason").asString()).isEqualTo("sign_ups_at_once");
        assertThat(refused.get("limit").asInt()).isEqualTo(3);
        List<String> codes = mailbox.codes(email, 3);

        clock.advance(Duration.ofMinutes(9));
        visitor.resendFrom(OWNER, email).expectStatus().isAccepted();
        clock.advance(Duration.ofMinutes(1));
        visitor.registerFrom("203.0.113.5", ada(email)).expectStatus().isAccepted();

        Map<String, String> waiting = stores.pending(ACME, email);
        assertThat(waiting.keySet().stream().filter(name -> name.endsWith("registration_id")))
                .hasSize(3);
        assertThat(waiting.values())
                .as("the sign-up whose code has expired first")
                .doesNotContain("Mallory");
        assertThat(codes).hasSize(3);
        visitor.verify(email, mailbox.codes(email, 5).get(3), PASSWORD)
                .expectStatus()
                .isCreated();
    }

    @Test
    void countsWrongGuessesOverAllOfThem() {
        List<String> codes = bothSignUp(true);
        String wrong = codes.contains("000000") ? codes.contains("000001") ? "000002" : "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            visitor.verify(email, wrong).expectStatus().isBadRequest();
        }
        for (String code : codes) {
            visitor.verify(email, code).expectStatus().isBadRequest();
        }
        assertThat(stores.pending(ACME, email))
                .containsEntry("attempts", "5")
                .containsEntry("code_attempts", "5")
                .containsEntry("2:code_attempts", "5");
    }

    @Test
    void costsNoHashBeyondTheLimits() {
        bothSignUp(true);
        visitor.registerFrom("203.0.113.4", ada(email)).expectStatus().isAccepted();
        long before = passwords.computed();
        visitor.registerFrom("203.0.113.5", ada(email)).expectStatus().isEqualTo(429);
        assertThat(passwords.computed()).isEqualTo(before).isPositive();
    }

    private List<String> bothSignUp(boolean ownerFirst) {
        visitor.registerFrom(ownerFirst ? OWNER : STRANGER, ownerFirst ? ada(email) : stranger())
                .expectStatus()
                .isAccepted();
        visitor.registerFrom(ownerFirst ? STRANGER : OWNER, ownerFirst ? stranger() : ada(email))
                .expectStatus()
                .isAccepted();
        return mailbox.codes(email, 2);
    }

    private Map<String, Object> stranger() {
        Map<String, Object> body = ada(email);
        body.put("password", STRANGERS);
        body.put("first_name", "Mallory");
        body.put("locale", "en");
        body.remove("phone");
        return body;
    }

    private void refusesPasswords() {
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
    }

    private void opensWithoutPassword(String code) {
        JsonNode account = json(visitor.verify(email, code).expectStatus().isCreated());
        assertThat(account.path("password_required").asBoolean()).isTrue();
        assertThat(stores.accounts(email)).hasSize(1);
        refusesPasswords();
        setsAPassword();
    }

    /** With a code from a mail, as the response asks for. */
    private void setsAPassword() {
        var anonymous = new Caller.Anonymous(ACME);
        visitor.post("/api/v1/users/forgot-password", anonymous, Map.of("email", email))
                .expectStatus()
                .isAccepted();
        visitor.post(
                        "/api/v1/users/reset-password",
                        anonymous,
                        Map.of(
                                "email",
                                email,
                                "code",
                                members.code(email, Members.PASSWORD_RESET_REQUESTED, 1),
                                "new_password",
                                "third violin 99"))
                .expectStatus()
                .isNoContent();
        visitor.logIn(ACME, email, "third violin 99").expectStatus().isOk();
        refusesPasswords();
    }
}
