package dev.frontdesk.session.login;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.RegistrationStub;
import dev.frontdesk.session.RegistrationStub.Mood;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class RegisteredCredentialsIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String ADA = "ada@example.org";
    private static final CredentialCheck RIGHT = new CredentialCheck(ADA, "correct horse battery");
    private static final CredentialCheck WRONG = new CredentialCheck(ADA, "incorrect horse battery");

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");
    private final IdentityAssertions assertions =
            new IdentityAssertions(new SecretKeySpec(new byte[32], "HmacSHA256"), clock);
    private final RegistrationStub registration = new RegistrationStub(json, assertions);
    private final RegisteredCredentials credentials = checkedWith(assertions);

    @AfterEach
    void stop() {
        registration.stop();
    }

    @Test
    void theRightPasswordNamesTheAccountInTheTenantOfTheCall() {
        var ada = registration.knows(ACME, ADA, RIGHT.password());

        verifyEnded(credentials.verify(ACME, RIGHT, Origin.UNKNOWN))
                .assertNext(verified -> {
                    assertThat(verified.accountId()).isEqualTo(ada);
                    assertThat(verified.roles()).isEqualTo(Set.of("editor"));
                    assertThat(verified.locale()).isEqualTo("tr");
                })
                .verifyComplete();
        assertProblem(ACME, WRONG, ProblemType.WRONG_CREDENTIALS);
        assertProblem(new TenantId("globex"), RIGHT, ProblemType.WRONG_CREDENTIALS);
    }

    @Test
    void passesOnWhereTheLoginComesFrom() {
        registration.knows(ACME, ADA, RIGHT.password());

        verifyEnded(credentials.verify(ACME, RIGHT, new Origin("192.0.2.7", "Firefox/140")))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(registration.lastClientAddress()).contains("192.0.2.7");
        assertThat(registration.lastUserAgent()).contains("Firefox/140");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER_ANSWERS", "OVERLOADED", "BROKEN"})
    void aServiceThatCannotAnswerIsUnavailable(Mood mood) {
        registration.is(mood);

        assertProblem(ACME, RIGHT, ProblemType.UNAVAILABLE);
    }

    @Test
    void aBusyServiceSaysForHowLong() {
        registration.is(Mood.OVERLOADED);

        verifyEnded(credentials.verify(ACME, RIGHT, Origin.UNKNOWN))
                .verifyErrorSatisfies(error -> assertThat(
                                ((ProblemException) error).getHeaders().getFirst("Retry-After"))
                        .isEqualTo("7"));
    }

    @Test
    void aServiceThatIsAwayIsUnavailable() {
        registration.stop();

        assertProblem(ACME, RIGHT, ProblemType.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSES_CALLERS", "ANSWERS_NOTHING"})
    void aMisunderstandingIsNeverTakenForWrongCredentials(Mood mood) {
        registration.is(mood);

        verifyEnded(credentials.verify(ACME, RIGHT, Origin.UNKNOWN))
                .verifyErrorMatches(error -> !(error instanceof ProblemException));
    }

    @Test
    void aCallerWithAnotherKeyIsNotBelieved() {
        registration.knows(ACME, ADA, RIGHT.password());
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        var forged = checkedWith(new IdentityAssertions(new SecretKeySpec(otherKey, "HmacSHA256"), clock));

        verifyEnded(forged.verify(ACME, RIGHT, Origin.UNKNOWN)).verifyError();
    }

    @Test
    void whileOutagesLastTheServiceIsNotAskedAndAfterFiveSecondsItIs() {
        var ada = registration.knows(ACME, ADA, RIGHT.password());
        registration.is(Mood.BROKEN);
        for (int i = 0; i < 10; i++) {
            assertProblem(ACME, RIGHT, ProblemType.UNAVAILABLE);
        }
        registration.is(Mood.KNOWS_ACCOUNTS);

        assertProblem(ACME, RIGHT, ProblemType.UNAVAILABLE);
        assertThat(registration.passwordsSeen()).isEqualTo(10);

        clock.advance(Duration.ofMillis(5001));
        verifyEnded(credentials.verify(ACME, RIGHT, Origin.UNKNOWN))
                .assertNext(verified -> assertThat(verified.accountId()).isEqualTo(ada))
                .verifyComplete();
    }

    @Test
    void noNumberOfWrongPasswordsOrBusyAnswersKeepsOthersOut() {
        registration.knows(ACME, ADA, RIGHT.password());
        for (int i = 0; i < 30; i++) {
            assertProblem(ACME, WRONG, ProblemType.WRONG_CREDENTIALS);
        }
        registration.is(Mood.OVERLOADED);
        for (int i = 0; i < 30; i++) {
            assertProblem(ACME, RIGHT, ProblemType.UNAVAILABLE);
        }
        registration.is(Mood.KNOWS_ACCOUNTS);

        verifyEnded(credentials.verify(ACME, RIGHT, Origin.UNKNOWN))
                .expectNextCount(1)
                .verifyComplete();
    }

    private RegisteredCredentials checkedWith(IdentityAssertions signing) {
        var properties = new LoginProperties(URI.create(registration.url()), Duration.ofSeconds(1));
        return new RegisteredCredentials(WebClient.builder(), json, properties, signing, clock, "session-service");
    }

    private void assertProblem(TenantId tenant, CredentialCheck check, ProblemType type) {
        verifyEnded(credentials.verify(tenant, check, Origin.UNKNOWN))
                .verifyErrorMatches(error -> error instanceof ProblemException problem && problem.type() == type);
    }
}
