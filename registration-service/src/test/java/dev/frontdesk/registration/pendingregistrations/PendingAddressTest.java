package dev.frontdesk.registration.pendingregistrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.codes.VerificationProperties;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules for PostgreSQL while Redis is down; the scripts implement the same. */
class PendingAddressTest {

    private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");
    private static final VerificationProperties LIMITS = new VerificationProperties(
            Base64.getEncoder().encodeToString(new byte[32]),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            5,
            25,
            20,
            5,
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(10));

    private PendingAddress address = PendingAddress.NONE;

    @Test
    void isNotContestedWithOneSignUp() {
        signUp("a", "code", NOW);
        assertThat(address.contested()).isFalse();
        assertThat(address.at(NOW.plus(Duration.ofHours(24))).isEmpty()).isTrue();
    }

    @Test
    void staysContestedUntilTheLastSignUpHasExpired() {
        signUp("a", "one", NOW);
        signUp("b", "two", NOW.plusSeconds(10));
        assertThat(address.contested()).isTrue();
        assertThat(address.at(NOW.plus(Duration.ofHours(24))).contested()).isTrue();
        signUp("c", "three", NOW.plus(Duration.ofHours(25)));
        assertThat(address.contested()).isFalse();
        assertThat(address.signUps()).hasSize(1);
    }

    @Test
    void keepsThreeAndEveryCodeThatWorks() {
        signUp("a", "one", NOW);
        signUp("b", "two", NOW.plusSeconds(1));
        signUp("c", "three", NOW.plusSeconds(300));
        signUp("d", "four", NOW.plusSeconds(600));
        assertThat(address.signUps())
                .extracting(signUp -> signUp.code().hmac())
                .containsExactly("two", "three", "four");
        signUp("e", "five", NOW.plusSeconds(600));
        assertThat(address.signUps())
                .extracting(signUp -> signUp.code().hmac())
                .containsExactly("two", "three", "four", "five");
    }

    @Test
    void renewsTheNewestOfTheClientOrOfAll() {
        signUp("a", "one", NOW);
        signUp("a", "two", NOW.plusSeconds(1));
        signUp("b", "three", NOW.plusSeconds(2));
        assertThat(address.toRenew("a").orElseThrow().code().hmac()).isEqualTo("two");
        assertThat(address.toRenew("another").orElseThrow().code().hmac()).isEqualTo("three");
        assertThat(PendingAddress.NONE.toRenew("a")).isEmpty();
    }

    @Test
    void countsAWrongGuessAtEveryCodeAndTheRightOneAtNone() {
        signUp("a", "one", NOW);
        for (int i = 0; i < 4; i++) {
            assertThat(guess("wrong")).isFalse();
        }
        signUp("b", "two", NOW);
        assertThat(guess("wrong")).isFalse();
        assertThat(guess("wrong")).isFalse();
        assertThat(address.attempts()).isEqualTo(6);
        assertThat(address.signUps())
                .extracting(signUp -> signUp.code().attempts())
                .containsExactly(5, 2);
        assertThat(guess("one")).isFalse();
        assertThat(guess("two")).isTrue();
        assertThat(guess("two")).isTrue();
        assertThat(address.attempts()).isEqualTo(7);
    }

    @Test
    void takesNoGuessBeyondThoseOfTheAddress() {
        for (int i = 0; i < 5; i++) {
            signUp("a", "code " + i, NOW);
            for (int j = 0; j < 5; j++) {
                guess("wrong");
            }
        }
        signUp("b", "last", NOW);
        assertThat(address.attempts()).isEqualTo(25);
        assertThat(guess("last")).isFalse();
    }

    @Test
    void letsTheClientsOwnGoFirst() {
        signUp("owner", "one", NOW);
        signUp("stranger", "two", NOW.plusSeconds(1));
        signUp("stranger", "three", NOW.plusSeconds(2));
        signUp("stranger", "four", NOW.plusSeconds(700));
        assertThat(address.signUps())
                .extracting(signUp -> signUp.code().hmac())
                .containsExactly("one", "three", "four");
    }

    @Test
    void keepsTheCodeOfTheOwnClientWhenAnotherAsks() {
        signUp("owner", "own", NOW);
        resend("stranger", "first", NOW);
        resend("stranger", "second", NOW);
        assertThat(guess("first")).isFalse();
        assertThat(guess("own")).isTrue();
        assertThat(guess("second")).isTrue();
        assertThat(address.attempts()).isEqualTo(1);
        resend("owner", "next", NOW);
        assertThat(guess("own")).isFalse();
        assertThat(guess("next")).isTrue();
    }

    @Test
    void forgetsTheGuessesOfAnAddressAfterADay() {
        signUp("a", "one", NOW);
        guess("wrong");
        signUp("b", "two", NOW.plus(Duration.ofHours(23)));
        assertThat(address.at(NOW.plus(Duration.ofHours(24)).minusMillis(1)).attempts())
                .isEqualTo(1);
        assertThat(address.at(NOW.plus(Duration.ofHours(24))).attempts()).isZero();
    }

    @Test
    void isReadAsItIsKept() {
        signUp("a", "one", NOW);
        resend("b", "two", NOW);
        var kept = address.signUps().getFirst();
        assertThat(PendingSignUp.read(kept.registration().tenant(), kept.fields()))
                .isEqualTo(kept);
    }

    private boolean guess(String code) {
        var guess = address.guess(code, NOW, LIMITS);
        address = guess.after();
        return guess.right().isPresent();
    }

    private void resend(String client, String code, Instant at) {
        var waiting = address.toRenew(client).orElseThrow();
        var registration = waiting.registration();
        var request = new CodeRequest(
                registration.tenant(), registration.email(), UUID.randomUUID(), CodeRequest.Kind.RESEND, client, at);
        var verificationMessage =
                new VerificationMessage.Code(registration, code, at.plus(LIMITS.codeTtl()), "event", "repeated");
        address = address.replacing(waiting.renewed(request, verificationMessage, LIMITS));
    }

    private void signUp(String client, String code, Instant at) {
        var email = new EmailAddress("ada@example.com");
        var tenant = new TenantId("acme");
        var request = new CodeRequest(tenant, email, UUID.randomUUID(), CodeRequest.Kind.REGISTER, client, at);
        var name = new PersonName("Ada");
        var registration = new PendingRegistration(
                UUID.randomUUID(), tenant, email, "hash", new Profile(name, name, null, Language.ENGLISH));
        var verificationMessage =
                new VerificationMessage.Code(registration, code, at.plus(LIMITS.codeTtl()), "event", "repeated");
        address = address.with(PendingSignUp.of(request, verificationMessage, LIMITS), at, LIMITS);
    }
}
