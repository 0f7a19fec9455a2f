package dev.frontdesk.registration.recovery;

import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Members.PASSWORD_RESET;
import static dev.frontdesk.registration.Members.PASSWORD_RESET_REQUESTED;
import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.passwords.PasswordHashing;
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
class RecoveryIT {

    private static final String FORGOT = "/api/v1/users/forgot-password";
    private static final String RESET = "/api/v1/users/reset-password";
    private static final String NEW = "amber lighthouse 7";
    private static final String WRONG_CODE = "https://frontdesk.dev/problems/wrong-verification-code";
    private static final Caller ANONYMOUS = new Caller.Anonymous(ACME);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private PasswordHashing hashing;

    @Autowired
    private MutableClock clock;

    private final String email = anyEmail();

    @Test
    void leadsFromAForgottenPasswordToANewOne() {
        Account account = members.ada(email);
        var before = stores.accounts(email).getFirst();

        JsonNode pending = json(forgot(email).expectStatus().isAccepted());

        assertThat(pending.propertyNames()).containsExactlyInAnyOrder("status", "email", "expires_at", "resend_at");
        String code = code(1);
        assertThat(stores.proofCodes(hash(email)).toString())
                .contains(account.id().toString())
                .doesNotContain(code)
                .doesNotContain(email);
        reset(email, code, NEW).expectStatus().isNoContent();

        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, email, NEW).expectStatus().isOk();
        assertThat(stores.accounts(email).getFirst())
                .containsEntry("id", account.id().toString())
                .containsEntry("credentials_version", "1")
                .doesNotContainEntry("updated_at", before.get("updated_at"));
        JsonNode told =
                Mailbox.read(mailbox.awaitEvents(email, PASSWORD_RESET, 1).getFirst());
        assertThat(told.get("account_id").asString()).isEqualTo(account.id().toString());
        refused(reset(email, code, "silver meadow 11"));
    }

    @Test
    void doesNotRevealAccounts() {
        members.ada(email);
        String unknown = anyEmail();

        JsonNode toKnown = json(forgot(email).expectStatus().isAccepted());
        JsonNode toUnknown = json(forgot(unknown).expectStatus().isAccepted());

        assertThat(toKnown.propertyNames()).containsExactlyElementsOf(toUnknown.propertyNames());
        assertThat(toKnown.get("status")).isEqualTo(toUnknown.get("status"));
        JsonNode tooSoon = json(forgot(email).expectStatus().isEqualTo(429));
        JsonNode tooSoonForUnknown = json(forgot(unknown).expectStatus().isEqualTo(429));
        assertThat(tooSoon.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/too-many-codes");
        assertThat(tooSoon.get("reason").asString()).isEqualTo("resend_wait");
        assertThat(tooSoon.get("retry_after").asInt()).isBetween(50, 60);
        assertThat(tooSoonForUnknown.propertyNames()).containsExactlyElementsOf(tooSoon.propertyNames());
        assertThat(tooSoonForUnknown.get("reason")).isEqualTo(tooSoon.get("reason"));
        JsonNode wrong = refused(reset(email, wrong(code(1)), NEW));
        assertThat(refused(reset(unknown, "123456", NEW))).isEqualTo(wrong);
        assertThat(refused(reset(anyEmail(), "123456", NEW))).isEqualTo(wrong);
        assertThat(mailbox.events(unknown, PASSWORD_RESET_REQUESTED)).isEmpty();
    }

    @Test
    void limitsKnownAndUnknownAddressesToFiveCodesADay() {
        members.ada(email);
        String unknown = anyEmail();
        for (int i = 0; i < 5; i++) {
            forgot(email).expectStatus().isAccepted();
            forgot(unknown).expectStatus().isAccepted();
            clock.advance(Duration.ofSeconds(60));
        }

        for (String address : List.of(email, unknown)) {
            JsonNode problem = json(
                    forgot(address).expectStatus().isEqualTo(429).expectHeader().exists("Retry-After"));
            assertThat(problem.get("reason").asString()).isEqualTo("codes_per_day");
            assertThat(problem.get("limit").asInt()).isEqualTo(5);
            assertThat(problem.get("retry_after").asInt()).isBetween(85_000, 86_400);
        }
        clock.advance(Duration.ofHours(24));
        forgot(email).expectStatus().isAccepted();
        mailbox.awaitEvents(email, PASSWORD_RESET_REQUESTED, 6);
    }

    @Test
    void letsANewCodeKillTheOldOne() {
        members.ada(email);
        forgot(email);
        String first = code(1);
        clock.advance(Duration.ofSeconds(60));
        forgot(email);
        String second = code(2);

        refused(reset(email, first.equals(second) ? wrong(second) : first, NEW));
        reset(email, second, NEW).expectStatus().isNoContent();
    }

    @Test
    void leavesTheOwnerTheirCodeAndTheirMailsWhateverAStrangerAsksFor() {
        members.ada(email);
        String unknown = anyEmail();
        forgotFrom("203.0.113.7", email).expectStatus().isAccepted();
        String code = code(1);

        for (int i = 0; i < 5; i++) {
            forgotFrom("198.51.100.9", email).expectStatus().isAccepted();
            forgotFrom("198.51.100.9", unknown).expectStatus().isAccepted();
            assertThat(reasonOf(forgotFrom("198.51.100.9", email)))
                    .isEqualTo(reasonOf(forgotFrom("198.51.100.9", unknown)))
                    .isEqualTo(i < 4 ? "resend_wait of 1" : "codes_per_day of 5");
            clock.advance(Duration.ofSeconds(60));
        }
        assertThat(reasonOf(forgotFrom("198.51.100.9", email)))
                .isEqualTo(reasonOf(forgotFrom("198.51.100.9", unknown)))
                .isEqualTo("codes_per_day of 5");

        reset(email, code, NEW).expectStatus().isNoContent();
        forgotFrom("203.0.113.7", email).expectStatus().isAccepted();
        mailbox.awaitEvents(email, PASSWORD_RESET_REQUESTED, 7);
    }

    @Test
    void sendsAnAddressTwentyCodesADayForAllClients() {
        members.ada(email);
        String unknown = anyEmail();
        for (int client = 0; client < 20; client++) {
            forgotFrom("203.0.113." + client, email).expectStatus().isAccepted();
            forgotFrom("203.0.113." + client, unknown).expectStatus().isAccepted();
        }
        assertThat(reasonOf(forgotFrom("198.51.100.9", email)))
                .isEqualTo(reasonOf(forgotFrom("198.51.100.9", unknown)))
                .isEqualTo("codes_per_day of 20");
    }

    @Test
    void takesACodeUntilItExpires() {
        members.ada(email);
        forgot(email);
        String code = code(1);
        clock.advance(Duration.ofMinutes(10));
        refused(reset(email, code, NEW));
    }

    @Test
    void refusesTheSixthAttempt() {
        members.ada(email);
        forgot(email);
        String code = code(1);
        for (int i = 0; i < 5; i++) {
            refused(reset(email, wrong(code), NEW));
        }
        refused(reset(email, code, NEW));
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void comparesNoMoreOfManyParallelWrongCodesThanAllowed() {
        members.ada(email);
        forgot(email);

        Map<Integer, Long> answers = inParallel(wrong(code(1)));

        assertThat(answers.keySet()).isSubsetOf(400, 503);
        assertThat(stores.proofCodes(hash(email)).getFirst()).containsEntry("code_attempts", "5");
        assertThat(stores.proofs(hash(email)).getFirst()).containsEntry("attempts", "5");
    }

    @Test
    void resetsOnceForManyParallelRightCodes() {
        members.ada(email);
        forgot(email);

        Map<Integer, Long> answers = inParallel(code(1));

        assertThat(answers).containsEntry(204, 1L);
        assertThat(answers.keySet()).isSubsetOf(204, 400, 503);
        mailbox.awaitEvents(email, PASSWORD_RESET, 1);
    }

    @Test
    void keepsACodeThatCameWithARefusedPassword() {
        members.ada(email);
        forgot(email);
        String code = code(1);

        for (String given : List.of(code, wrong(code))) {
            JsonNode problem =
                    json(reset(email, given, "password123").expectStatus().isBadRequest());
            assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("new_password");
        }

        assertThat(stores.proofs(hash(email)).getFirst()).containsEntry("attempts", "0");
        json(reset(email, code, "AdaLovelace").expectStatus().isBadRequest());
        reset(email, code, NEW).expectStatus().isNoContent();
    }

    @Test
    void dropsACodeWhenThePasswordIsChanged() {
        Account account = members.ada(email);
        forgot(email);
        String code = code(1);
        visitor.post(
                        "/api/v1/users/me/password",
                        owner(account),
                        Map.of("current_password", PASSWORD, "new_password", NEW))
                .expectStatus()
                .isNoContent();

        refused(reset(email, code, "silver meadow 11"));

        visitor.logIn(ACME, email, NEW).expectStatus().isOk();
    }

    @Test
    void takesTheTokenOfTheLinkInThePlaceOfTheCode() {
        members.ada(email);
        forgot(email);
        String token = token(1);
        assertThat(stores.proofCodes(hash(email))).hasSize(1);
        assertThat(stores.proofCodes(hash(email)).toString()).doesNotContain(token);
        refused(visitor.post(
                RESET, new Caller.Anonymous(new TenantId("other")), Map.of("token", token, "new_password", NEW)));
        refused(byToken((token.startsWith("A") ? "B" : "A") + token.substring(1)));
        // A client that guesses the code does not lock out the owner of the link.
        for (int i = 0; i < 6; i++) {
            refused(reset(email, wrong(code(1)), NEW));
        }

        byToken(token).expectStatus().isNoContent();

        visitor.logIn(ACME, email, NEW).expectStatus().isOk();
        refused(byToken(token));
        refused(reset(email, code(1), "silver meadow 11"));
    }

    @Test
    void spendsNoHashOnWhatProvesNothing() {
        members.ada(email);
        forgot(email);
        String wrong = wrong(code(1));
        long before = hashing.computed();

        refused(reset(email, wrong, NEW));
        refused(reset(anyEmail(), "123456", NEW));
        refused(byToken("x".repeat(43)));

        assertThat(hashing.computed()).isEqualTo(before);
        reset(email, code(1), NEW).expectStatus().isNoContent();
        assertThat(hashing.computed()).isEqualTo(before + 1);
    }

    @Test
    void letsANewLinkKillTheOldOne() {
        members.ada(email);
        forgot(email);
        String first = token(1);
        clock.advance(Duration.ofSeconds(60));
        forgot(email);
        String second = token(2);
        refused(byToken(first));
        clock.advance(Duration.ofMinutes(10));
        refused(byToken(second));
    }

    @Test
    void sendsNoCodeToADisabledAccount() {
        Account account = members.ada(email);
        forgot(email);
        String code = code(1);
        visitor.post("/api/v1/admin/accounts/" + account.id() + "/disable", new Caller.Operator(ACME), null)
                .expectStatus()
                .is2xxSuccessful();

        refused(reset(email, code, NEW));
        clock.advance(Duration.ofSeconds(60));
        forgot(email).expectStatus().isAccepted();

        assertThat(stores.proofCodes(hash(email)).getLast()).containsEntry("account_id", null);
    }

    @Test
    void keepsTenantsApart() {
        members.ada(email);
        forgot(email);
        String code = code(1);
        var stranger = new Caller.Anonymous(new TenantId("other"));
        refused(visitor.post(RESET, stranger, Map.of("email", email, "code", code, "new_password", NEW)));
        visitor.post(FORGOT, stranger, Map.of("email", email)).expectStatus().isAccepted();
        reset(email, code, NEW).expectStatus().isNoContent();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(named(visitor.post(FORGOT, ANONYMOUS, Map.of()))).containsExactly("email");
        assertThat(named(visitor.post(FORGOT, ANONYMOUS, Map.of("email", email, "tenant_id", "x"))))
                .containsExactly("tenant_id");
        assertThat(named(visitor.post(RESET, ANONYMOUS, Map.of()))).containsExactly("email", "code", "new_password");
        assertThat(named(visitor.post(RESET, ANONYMOUS, Map.of("token", "x", "email", email, "code", "1"))))
                .containsExactly("token", "email", "code", "new_password");
        assertThat(stores.proofs(hash(email))).isEmpty();
    }

    private ResponseSpec forgot(String address) {
        return visitor.post(FORGOT, ANONYMOUS, Map.of("email", address));
    }

    private ResponseSpec forgotFrom(String client, String address) {
        return visitor.postFrom(client, "test", FORGOT, ANONYMOUS, Map.of("email", address));
    }

    private static String reasonOf(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isEqualTo(429));
        return problem.get("reason").asString() + " of " + problem.get("limit").asString();
    }

    private ResponseSpec reset(String address, String code, String password) {
        return visitor.post(RESET, ANONYMOUS, Map.of("email", address, "code", code, "new_password", password));
    }

    private static JsonNode refused(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        assertThat(problem.get("type").asString()).isEqualTo(WRONG_CODE);
        return problem;
    }

    private static List<String> named(ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }

    private String code(int mails) {
        return members.code(email, PASSWORD_RESET_REQUESTED, mails);
    }

    private String token(int mails) {
        String secret = members.secret(email, PASSWORD_RESET_REQUESTED, mails);
        assertThat(secret).matches("[0-9]{6} https://shop\\.example/reset#token=[A-Za-z0-9_-]{43}");
        return secret.substring(secret.indexOf('=') + 1);
    }

    private ResponseSpec byToken(String token) {
        return visitor.post(RESET, ANONYMOUS, Map.of("token", token, "new_password", NEW));
    }

    private static String hash(String address) {
        return new EmailAddress(address).hash();
    }

    private Map<Integer, Long> inParallel(String code) {
        var body = Map.of("email", email, "code", code, "new_password", NEW);
        return Flux.range(0, 200)
                .flatMap(_ -> visitor.sending(RESET, ANONYMOUS, body), 200)
                .collect(groupingBy(Visitor.Answer::status, counting()))
                .blockOptional()
                .orElseThrow();
    }
}
