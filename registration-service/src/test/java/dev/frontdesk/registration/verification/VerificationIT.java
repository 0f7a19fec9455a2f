package dev.frontdesk.registration.verification;

import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@RunningService
class VerificationIT {

    private static final String WRONG_CODE = "https://frontdesk.dev/problems/wrong-verification-code";

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
    void answersEveryUselessCodeTheSame() {
        visitor.registers(email);
        String code = mailbox.code(email);
        JsonNode wrong = refusal(email, wrong(code));

        assertThat(wrong.get("type").asString()).isEqualTo(WRONG_CODE);
        assertThat(refusal(anyEmail(), code)).isEqualTo(wrong);
        clock.advance(Duration.ofMinutes(10));
        assertThat(refusal(email, code)).isEqualTo(wrong);
        visitor.registers(email);
        String next = mailbox.code(email, 2);
        for (int i = 0; i < 5; i++) {
            refusal(email, wrong(next));
        }
        assertThat(refusal(email, next)).isEqualTo(wrong);
        assertThat(stores.accounts(email)).isEmpty();
    }

    @Test
    void takesACodeUntilItExpires() {
        visitor.registers(email);
        String code = mailbox.code(email);
        clock.advance(Duration.ofMinutes(9).plusSeconds(30));
        visitor.verify(email, code).expectStatus().isCreated();
    }

    @Test
    void refusesTheSixthAttemptAndTakesTheNextCode() {
        visitor.registers(email);
        String code = mailbox.code(email);
        for (int i = 0; i < 5; i++) {
            refusal(email, wrong(code));
        }
        refusal(email, code);

        visitor.registers(email);
        visitor.verify(email, mailbox.code(email, 2)).expectStatus().isCreated();
    }

    @Test
    void refusesTheTwentySixthAttemptWhateverTheCode() {
        for (int mails = 1; mails <= 5; mails++) {
            visitor.registers(email);
            clock.advance(Duration.ofMinutes(9));
            String code = mailbox.code(email, mails);
            for (int i = 0; i < 5; i++) {
                refusal(email, wrong(code));
            }
            clock.advance(Duration.ofMinutes(1));
        }
        visitor.registers(email);

        refusal(email, mailbox.code(email, 6));

        assertThat(stores.accounts(email)).isEmpty();
        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "25");
    }

    @Test
    void comparesNoMoreOfManyParallelWrongCodesThanAllowed() {
        visitor.registers(email);
        String code = mailbox.code(email);

        Map<Integer, Long> answers = inParallel(200, wrong(code));

        assertThat(answers).isEqualTo(Map.of(400, 200L));
        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "5").containsEntry("code_attempts", "5");
    }

    @Test
    void opensOneAccountForManyParallelRightCodes() {
        visitor.registers(email);
        String code = mailbox.code(email);

        Map<Integer, Long> answers = inParallel(200, code);

        assertThat(answers).containsEntry(201, 1L);
        assertThat(answers.keySet()).isSubsetOf(201, 400, 409);
        assertThat(stores.accounts(email)).hasSize(1);
        mailbox.awaitEvents(email, Mailbox.ACCOUNT_VERIFIED, 1);
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
    }

    @Test
    void takesACodeOnce() {
        visitor.registers(email);
        String code = mailbox.code(email);
        visitor.verify(email, code).expectStatus().isCreated();

        refusal(email, code);

        assertThat(stores.accounts(email)).hasSize(1);
    }

    @Test
    void findsARegistrationInItsTenantOnly() {
        visitor.registers(email);
        String code = mailbox.code(email);
        visitor.verify(new TenantId("other"), email, code).expectStatus().isBadRequest();
        visitor.verify(email, code).expectStatus().isCreated();
    }

    @Test
    void findsARegistrationByEverySpellingOfItsAddress() {
        visitor.registers(email);
        visitor.verify("  " + email.toUpperCase(Locale.ROOT) + " ", mailbox.code(email))
                .expectStatus()
                .isCreated();
    }

    @Test
    void takesACodeAsItIsPasted() {
        visitor.registers(email);
        String code = mailbox.code(email);
        visitor.verify(email, " " + code.substring(0, 3) + "-" + code.substring(3) + "\n")
                .expectStatus()
                .isCreated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1234567", "abcdef", "", "12 345", "１２３４５６７", "12345.6"})
    void readsSixDigitsOnly(String code) {
        visitor.registers(email);
        JsonNode problem = json(visitor.verify(email, code).expectStatus().isBadRequest());
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("code");
        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "0");
    }

    private JsonNode refusal(String email, String code) {
        return json(visitor.verify(email, code).expectStatus().isBadRequest());
    }

    private Map<Integer, Long> inParallel(int requests, String code) {
        return Flux.range(0, requests)
                .flatMap(_ -> visitor.verifying(email, code), requests)
                .collect(groupingBy(Visitor.Answer::status, counting()))
                .blockOptional()
                .orElseThrow();
    }
}
