package dev.frontdesk.registration;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@RunningService
class JourneyIT {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    @Test
    void leadsFromSignUpToAnAccountThatCanLogIn() {
        String email = anyEmail();
        Instant before = clock.instant();

        JsonNode pending = json(visitor.register(ada(email)).expectStatus().isAccepted());

        assertThat(pending.propertyNames()).containsExactlyInAnyOrder("status", "email", "expires_at", "resend_at");
        assertThat(pending.get("status").asString()).isEqualTo("pending");
        assertThat(pending.get("email").asString()).isEqualTo(email);
        assertThat(Instant.parse(pending.get("expires_at").asString()))
                .isBetween(
                        before.plus(Duration.ofHours(24)).minusMillis(1),
                        clock.instant().plus(Duration.ofHours(24)));
        assertThat(Instant.parse(pending.get("resend_at").asString()))
                .isBetween(
                        before.plusSeconds(60).minusMillis(1), clock.instant().plusSeconds(60));
        assertThat(stores.accounts(email)).isEmpty();
        assertThat(stores.pending(ACME, email))
                .containsEntry("email", email)
                .containsEntry("first_name", "Ada")
                .doesNotContainValue(PASSWORD);
        assertThat(stores.pending(ACME, email).get("password_hash")).startsWith("$argon2id$v=19$m=2048,t=1,p=1$");
        assertThat(stores.timeToLive(stores.pendingKey(ACME, email)))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));

        String code = mailbox.code(email);
        assertThat(code).matches("[0-9]{6}");
        assertThat(stores.pending(ACME, email)).doesNotContainValue(code);
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();

        JsonNode account = json(visitor.verify(email, code).expectStatus().isCreated());

        assertThat(account.propertyNames())
                .containsExactlyInAnyOrder("id", "email", "first_name", "last_name", "phone", "locale", "created_at");
        assertThat(account.get("phone").asString()).isEqualTo("+905551234567");
        assertThat(stores.accounts(email))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("tenant", "acme")
                        .containsEntry("first_name", "Ada")
                        .containsEntry("last_name", "Lovelace")
                        .containsEntry("locale", "tr"));
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
        JsonNode told = Mailbox.read(
                mailbox.awaitEvents(email, Mailbox.ACCOUNT_VERIFIED, 1).getFirst());
        assertThat(told.get("account_id")).isEqualTo(account.get("id"));
        assertThat(told.get("verified_at")).isEqualTo(account.get("created_at"));

        JsonNode credentials =
                json(visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk());
        assertThat(credentials.get("account_id")).isEqualTo(account.get("id"));
        assertThat(credentials.get("locale").asString()).isEqualTo("tr");
        assertThat(credentials.get("roles").isEmpty()).isTrue();
    }
}
