package dev.frontdesk.registration.credentials;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.passwords.PasswordHashing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tools.jackson.databind.JsonNode;

@RunningService
class CredentialCheckerIT {

    private static final String CHECK = "/internal/credentials/check";
    private static final TenantId OTHER = new TenantId("other");

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private Accounts accounts;

    @Autowired
    private PasswordHashing hashing;

    private final String email = anyEmail();

    @Test
    void answersEveryWrongCredentialTheSame() {
        open();
        JsonNode wrongPassword = refusal(ACME, email, "violet harbour 43");

        assertThat(wrongPassword.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/wrong-credentials");
        assertThat(refusal(ACME, anyEmail(), PASSWORD)).isEqualTo(wrongPassword);
        assertThat(refusal(ACME, "no address", PASSWORD)).isEqualTo(wrongPassword);
        assertThat(refusal(OTHER, email, PASSWORD)).isEqualTo(wrongPassword);
        assertThat(refusal(ACME, email, "")).isEqualTo(wrongPassword);
        assertThat(refusal(ACME, email, "x".repeat(1024))).isEqualTo(wrongPassword);
        assertThat(refusal(ACME, anyEmail(), "nobody's password")).isEqualTo(wrongPassword);
    }

    /** For any address: it is refused before the account is looked up. */
    @Test
    void looksAtNoPasswordThatIsFarTooLong() {
        open();
        for (String address : List.of(email, anyEmail())) {
            JsonNode problem = json(visitor.logIn(ACME, address, "x".repeat(1025))
                    .expectStatus()
                    .isBadRequest());
            assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("password");
        }
    }

    @Test
    void spendsNoHashOnWhatIsNoAddress() {
        long before = hashing.computed();

        for (String name : List.of("ada", "ada@", "@example.org", "no address", "a@b@c")) {
            refusal(ACME, name, PASSWORD);
        }

        assertThat(hashing.computed()).isEqualTo(before);
        refusal(ACME, anyEmail(), PASSWORD);
        assertThat(hashing.computed()).isEqualTo(before + 1);
    }

    @Test
    void findsTheAccountByEverySpelling() {
        open();
        visitor.logIn(ACME, " " + email.replace("ada", "ADA"), PASSWORD)
                .expectStatus()
                .isOk();
        visitor.logIn(ACME, email, "ｖｉｏｌｅｔ harbour 42").expectStatus().isOk();
    }

    @Test
    void answersServicesAlone() {
        Map<String, String> body = Map.of("email", email, "password", PASSWORD);
        for (Caller caller : Set.of(
                new Caller.Anonymous(ACME),
                new Caller.Operator(ACME),
                new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of("admin")))) {
            visitor.post(CHECK, caller, body).expectStatus().isUnauthorized();
        }
        visitor.client()
                .post()
                .uri(CHECK)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void needsBothFields() {
        JsonNode problem = json(visitor.post(CHECK, new Caller.Service(ACME, "session-service"), Map.of())
                .expectStatus()
                .isBadRequest());
        assertThat(problem.get("errors").size()).isEqualTo(2);
    }

    @Test
    void givesAnOldHashTheParametersOfToday() {
        open();
        String old = new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(PASSWORD);
        assertThat(old).isNotNull();
        stores.execute("UPDATE registration.accounts SET password_hash = ? WHERE email = ?", old, email);

        refusal(ACME, email, "violet harbour 43");
        assertThat(hash()).isEqualTo(old);

        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        await().untilAsserted(() -> assertThat(hash()).startsWith("$argon2id$v=19$m=2048,t=1,p=1$"));
        String renewed = hash();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        assertThat(hash()).isEqualTo(renewed);
    }

    @Test
    void keepsAPasswordThatWasChangedInTheMeantime() {
        open();
        Account asItWas = accounts.find(ACME, new EmailAddress(email)).block();
        assertThat(asItWas).isNotNull();
        String changed = hash().replace("t=1", "t=2");
        stores.execute("UPDATE registration.accounts SET password_hash = ? WHERE email = ?", changed, email);

        assertThat(accounts.replaceHash(asItWas, "another").block()).isFalse();
        assertThat(hash()).isEqualTo(changed);
    }

    @Test
    void refusesPasswordsOfKnownAndUnknownAddressesAlike() {
        open();
        for (String refused : List.of("password123", "short", "Lovelace-1815")) {
            assertThat(refusedAtSignUp(email, refused)).isEqualTo(refusedAtSignUp(anyEmail(), refused));
        }
    }

    private JsonNode refusedAtSignUp(String address, String password) {
        Map<String, Object> body = ada(address);
        body.put("password", password);
        return json(visitor.register(body).expectStatus().isBadRequest());
    }

    private String hash() {
        return String.valueOf(stores.accounts(email).getFirst().get("password_hash"));
    }

    private void open() {
        visitor.registers(email);
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
    }

    private JsonNode refusal(TenantId tenant, String address, String password) {
        return json(visitor.logIn(tenant, address, password).expectStatus().isUnauthorized());
    }
}
