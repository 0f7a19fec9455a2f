package dev.frontdesk.registration.verification;

import static dev.frontdesk.registration.Mailbox.wrong;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@RunningService
class ResendIT {

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
    void sendsAnotherCodeThatKillsTheOldOne() {
        visitor.registers(email);
        String first = mailbox.code(email);
        visitor.verify(email, wrong(first)).expectStatus().isBadRequest();
        clock.advance(Duration.ofSeconds(60));
        Instant asked = clock.instant();

        JsonNode answer = json(resend(email).expectStatus().isAccepted());

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("status", "email", "expires_at", "resend_at");
        assertThat(answer.get("status").asString()).isEqualTo("pending");
        assertThat(answer.get("email").asString()).isEqualTo(email);
        assertThat(Instant.parse(answer.get("expires_at").asString()))
                .isBetween(
                        asked.plus(Duration.ofHours(24)).minusMillis(1),
                        asked.plus(Duration.ofHours(24)).plusMillis(9));
        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "1").containsEntry("code_attempts", "0");
        String second = mailbox.code(email, 2);
        visitor.verify(email, first.equals(second) ? wrong(second) : first)
                .expectStatus()
                .isBadRequest();
        visitor.verify(email, second).expectStatus().isCreated();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        assertThat(stores.accounts(email)).hasSize(1);
    }

    @Test
    void keepsARegistrationForAnotherDay() {
        visitor.registers(email);
        clock.advance(Duration.ofHours(23));
        resend(email).expectStatus().isAccepted();
        clock.advance(Duration.ofHours(23));
        resend(email).expectStatus().isAccepted();
        visitor.verify(email, mailbox.code(email, 3)).expectStatus().isCreated();
    }

    @Test
    void sendsNothingForWhatHasExpired() {
        visitor.registers(email);
        clock.advance(Duration.ofHours(24));
        resend(email).expectStatus().isAccepted();
        visitor.registers(email);
        mailbox.awaitEvents(email, Mailbox.VERIFICATION_REQUESTED, 2);
    }

    @Test
    void answersTheSameForEveryAddress() {
        String owned = anyEmail();
        visitor.registers(owned);
        visitor.verify(owned, mailbox.code(owned)).expectStatus().isCreated();
        visitor.registers(email);
        clock.advance(Duration.ofSeconds(60));
        String unknown = anyEmail();

        for (int i = 0; i < 5; i++) {
            ResponseSpec toOwner = resend(owned).expectStatus().isAccepted();
            ResponseSpec toWaiting = resend(email).expectStatus().isAccepted();
            ResponseSpec toUnknown = resend(unknown).expectStatus().isAccepted();
            assertThat(headerNames(toOwner)).isEqualTo(headerNames(toUnknown)).isEqualTo(headerNames(toWaiting));
            assertThat(json(toOwner).propertyNames())
                    .containsExactlyElementsOf(json(toUnknown).propertyNames())
                    .containsExactlyElementsOf(json(toWaiting).propertyNames());
            for (String address : new String[] {owned, email, unknown}) {
                assertTooMany(resend(address), "resend_wait", 1, 60);
            }
            clock.advance(Duration.ofSeconds(60));
        }

        for (String address : new String[] {owned, email, unknown}) {
            assertTooMany(resend(address), "codes_per_client", 5, 86_400);
        }
        mailbox.awaitEvents(owned, Mailbox.ADDRESS_ALREADY_REGISTERED, 5);
        mailbox.awaitEvents(email, Mailbox.VERIFICATION_REQUESTED, 6);
        assertThat(mailbox.events(unknown, Mailbox.VERIFICATION_REQUESTED)).isEmpty();
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, unknown), stores.pendingKey(ACME, owned));
    }

    @Test
    void countsWithTheCodesOfTheDay() {
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMinutes(10));
            visitor.registerFrom("192.0.2." + i, ada(email)).expectStatus().isAccepted();
            visitor.resendFrom("198.51.100." + i, email).expectStatus().isAccepted();
        }
        clock.advance(Duration.ofMinutes(10));

        assertTooMany(resend(email), "codes_per_day", 20, 86_400);
        assertTooMany(visitor.register(ada(email)), "codes_per_day", 20, 86_400);
        visitor.post(
                        "/api/v1/users/resend-verification",
                        new Caller.Anonymous(new TenantId("other")),
                        Map.of("email", email))
                .expectStatus()
                .isAccepted();
    }

    @Test
    void leavesTheOwnersCodesToTheOwner() {
        String owner = "192.0.2.7";
        String stranger = "198.51.100.9";
        visitor.registerFrom(owner, ada(email)).expectStatus().isAccepted();
        for (int i = 0; i < 5; i++) {
            visitor.resendFrom(stranger, email).expectStatus().isAccepted();
            assertTooMany(visitor.resendFrom(stranger, email), "resend_wait", 1, 60);
            clock.advance(Duration.ofSeconds(60));
        }
        assertTooMany(visitor.resendFrom(stranger, email), "codes_per_client", 5, 86_400);

        visitor.resendFrom(owner, email).expectStatus().isAccepted();
        visitor.verify(email, mailbox.code(email, 7)).expectStatus().isCreated();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void doesNotGiveBackTheAttemptsOfARegistration() {
        visitor.registers(email);
        for (int mails = 1; mails <= 5; mails++) {
            String code = mailbox.code(email, mails);
            for (int i = 0; i < 5; i++) {
                visitor.verify(email, wrong(code)).expectStatus().isBadRequest();
            }
            clock.advance(Duration.ofSeconds(60));
            resend(email).expectStatus().isAccepted();
        }

        visitor.verify(email, mailbox.code(email, 6)).expectStatus().isBadRequest();

        clock.advance(Duration.ofMinutes(10));
        visitor.registerFrom("192.0.2.7", ada(email)).expectStatus().isAccepted();
        visitor.verify(email, mailbox.code(email, 7)).expectStatus().isBadRequest();
        assertThat(stores.accounts(email)).isEmpty();
        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "25");
    }

    @Test
    void hasAShortPath() {
        visitor.registers(email);
        clock.advance(Duration.ofSeconds(60));

        JsonNode answer = json(shortPath("?email=" + email).expectStatus().isAccepted());

        assertThat(answer.get("email").asString()).isEqualTo(email);
        mailbox.awaitEvents(email, Mailbox.VERIFICATION_REQUESTED, 2);
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String query : new String[] {"", "?email=", "?email=ada", "?email=a%0d%0ab@example.com"}) {
            assertNamesTheAddress(shortPath(query));
        }
        assertNames("mail", shortPath("?mail=x"));
        for (Object body : new Object[] {Map.of(), Map.of("email", "ada"), Map.of("email", 42)}) {
            assertNamesTheAddress(visitor.post("/api/v1/users/resend-verification", ANONYMOUS, body));
        }
        for (String path : new String[] {"/resend-verification?email=" + email, "/api/v1/users/resend-verification"}) {
            visitor.client()
                    .get()
                    .uri(path)
                    .header("X-Frontdesk-Identity", visitor.identity(ANONYMOUS))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(405);
        }
    }

    private ResponseSpec resend(String address) {
        return visitor.resend(address);
    }

    private ResponseSpec shortPath(String query) {
        return visitor.client()
                .post()
                .uri(uri -> URI.create(uri.build() + "/resend-verification" + query))
                .header("X-Frontdesk-Identity", visitor.identity(ANONYMOUS))
                .exchange();
    }

    private static void assertNamesTheAddress(ResponseSpec answer) {
        assertNames("email", answer);
    }

    private static void assertNames(String field, ResponseSpec answer) {
        JsonNode problem = json(answer.expectStatus().isBadRequest());
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    private static void assertTooMany(ResponseSpec answer, String reason, int limit, int waitAtMost) {
        JsonNode problem =
                json(answer.expectStatus().isEqualTo(429).expectHeader().exists("Retry-After"));
        assertThat(problem.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/too-many-codes");
        assertThat(problem.get("reason").asString()).isEqualTo(reason);
        assertThat(problem.get("limit").asInt()).isEqualTo(limit);
        assertThat(problem.get("retry_after").asInt()).isBetween(1, waitAtMost);
    }

    private static Set<String> headerNames(ResponseSpec answer) {
        return answer.expectBody().returnResult().getResponseHeaders().headerNames();
    }
}
