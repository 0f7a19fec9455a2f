package dev.frontdesk.registration.signup;

import static dev.frontdesk.registration.Mailbox.ADDRESS_ALREADY_REGISTERED;
import static dev.frontdesk.registration.Mailbox.VERIFICATION_REQUESTED;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@RunningService
class SignUpIT {

    private static final Caller ANONYMOUS = new Caller.Anonymous(ACME);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    private final String email = anyEmail();

    @Test
    void doesNotRevealAccounts() {
        String known = verified(anyEmail());
        var account = stores.accounts(known);

        Map<String, Object> stranger = ada(known);
        stranger.put("password", "amber lighthouse 7");
        ResponseSpec toKnown = visitor.register(stranger).expectStatus().isAccepted();
        ResponseSpec toUnknown = visitor.register(ada(email)).expectStatus().isAccepted();

        assertThat(headerNames(toKnown)).isEqualTo(headerNames(toUnknown));
        JsonNode known202 = json(toKnown);
        JsonNode unknown202 = json(toUnknown);
        assertThat(known202.propertyNames()).containsExactlyElementsOf(unknown202.propertyNames());
        assertThat(known202.get("status")).isEqualTo(unknown202.get("status"));
        assertThat(known202.get("email").asString()).isEqualTo(known);
        assertThat(stores.accounts(known)).isEqualTo(account);
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, known));
        visitor.logIn(ACME, known, "amber lighthouse 7").expectStatus().isUnauthorized();
        visitor.logIn(ACME, known, PASSWORD).expectStatus().isOk();
    }

    @Test
    void writesToTheOwnerOfAnAddressThatHasAnAccount() {
        verified(email);

        visitor.registers(email);

        JsonNode told = Mailbox.read(
                mailbox.awaitEvents(email, ADDRESS_ALREADY_REGISTERED, 1).getFirst());
        assertThat(told.get("account_id").asString())
                .isEqualTo(stores.accounts(email).getFirst().get("id"));
        assertThat(told.get("tenant").asString()).isEqualTo("acme");
        assertThat(told.get("locale").asString()).isEqualTo("tr");
        assertThat(mailbox.events(email, VERIFICATION_REQUESTED)).hasSize(1);
    }

    @Test
    void sendsAnAddressTwentyCodesADay() {
        signUp(20);
        Map<String, String> before = stores.pending(ACME, email);

        assertTooManyCodes(visitor.registerFrom("192.0.2.99", ada(email)), "codes_per_day", 20);

        assertThat(stores.pending(ACME, email)).isEqualTo(before);
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 20);
        visitor.register(new TenantId("other"), ada(email)).expectStatus().isAccepted();
    }

    @Test
    void limitsMailsToOwnersAsForOtherAddresses() {
        verified(email);
        signUp(19);

        assertTooManyCodes(visitor.registerFrom("192.0.2.99", ada(email)), "codes_per_day", 20);

        mailbox.awaitEvents(email, ADDRESS_ALREADY_REGISTERED, 19);
    }

    /** Each from another client, and so late that the earlier codes have expired. */
    private void signUp(int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(Duration.ofMinutes(10));
            visitor.registerFrom("192.0.2." + i, ada(email)).expectStatus().isAccepted();
        }
    }

    @Test
    void lessOftenForOneClient() {
        String owned = verified(anyEmail());
        for (String address : List.of(email, owned)) {
            for (int i = address.equals(owned) ? 1 : 0; i < 6; i++) {
                clock.advance(Duration.ofMinutes(10));
                visitor.registers(address);
            }
            clock.advance(Duration.ofMinutes(10));
            assertTooManyCodes(visitor.register(ada(address)), "codes_per_client", 5);
            visitor.registerFrom("192.0.2.1", ada(address)).expectStatus().isAccepted();
        }
    }

    @Test
    void keepsTenantsApart() {
        verified(email);
        visitor.register(new TenantId("other"), ada(email)).expectStatus().isAccepted();
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 2);
        assertThat(mailbox.events(email, ADDRESS_ALREADY_REGISTERED)).isEmpty();
    }

    @Test
    void answersUnderBothPaths() {
        visitor.post("/users/register", ANONYMOUS, ada(email)).expectStatus().isAccepted();
        visitor.post("/users/verify-email", ANONYMOUS, Map.of("email", email, "code", mailbox.code(email)))
                .expectStatus()
                .isCreated();
    }

    @Test
    void keepsANationalNumberAsAnInternationalOne() {
        Map<String, Object> national = ada(email);
        national.put("phone", "5551234567");
        visitor.register(national).expectStatus().isAccepted();

        assertThat(stores.pending(ACME, email)).containsEntry("phone", "+905551234567");
        JsonNode account = json(visitor.verify(email, mailbox.code(email)));
        assertThat(account.get("phone").asString()).isEqualTo("+905551234567");
        assertThat(stores.accounts(email))
                .singleElement()
                .satisfies(row -> assertThat(row.toString()).contains("+905551234567"));
    }

    @Test
    void needsNeitherTelephoneNorLanguage() {
        Map<String, Object> little = ada(email);
        little.remove("phone");
        little.remove("locale");
        visitor.register(little).expectStatus().isAccepted();

        JsonNode event = Mailbox.read(
                mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 1).getFirst());
        assertThat(event.get("locale").asString()).isEqualTo("en");
        JsonNode account = json(visitor.verify(email, mailbox.code(email)));
        assertThat(account.has("phone")).isFalse();
        assertThat(account.get("locale").asString()).isEqualTo("en");
    }

    @Test
    void continuesTheTraceOfTheRequest() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        visitor.client()
                .post()
                .uri("/api/v1/users/register")
                .header("X-Frontdesk-Identity", visitor.identity(ANONYMOUS))
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .bodyValue(ada(email))
                .exchange()
                .expectStatus()
                .isAccepted();

        assertThat(mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 1)
                        .getFirst()
                        .headers()
                        .get("traceparent"))
                .startsWith("00-" + trace + "-");
    }

    private static void assertTooManyCodes(ResponseSpec answer, String reason, int limit) {
        answer.expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value(
                        "Retry-After",
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(70_000, 86_400));
        JsonNode problem = json(answer);
        assertThat(problem.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/too-many-codes");
        assertThat(problem.get("reason").asString()).isEqualTo(reason);
        assertThat(problem.get("limit").asInt()).isEqualTo(limit);
        assertThat(problem.get("retry_after").asInt()).isBetween(70_000, 86_400);
    }

    private String verified(String address) {
        visitor.registers(address);
        visitor.verify(address, mailbox.code(address)).expectStatus().isCreated();
        return address;
    }

    private static Set<String> headerNames(ResponseSpec answer) {
        return answer.expectBody().returnResult().getResponseHeaders().headerNames();
    }
}
