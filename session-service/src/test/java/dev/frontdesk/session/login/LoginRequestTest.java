package dev.frontdesk.session.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.kit.problem.ProblemException.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginRequestTest {

    @Test
    void handsOnWhatThePersonTyped() {
        assertThat(new LoginRequest(" Ada@Example.org ", " pass word ").credentials())
                .isEqualTo(new CredentialCheck(" Ada@Example.org ", " pass word "));
        assertThat(new LoginRequest("a".repeat(254), "p".repeat(1024)).credentials())
                .isNotNull();
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertRefused(
                new LoginRequest(null, ""),
                new FieldError("email", "is required"),
                new FieldError("password", "is required"));
    }

    @Test
    void takesNoMoreThanCouldBeRight() {
        assertRefused(
                new LoginRequest("a".repeat(255), "p".repeat(1025)),
                new FieldError("email", "has more than 254 characters"),
                new FieldError("password", "has more than 1024 characters"));
    }

    @Test
    void hidesBothInText() {
        assertThat(new LoginRequest("ada@example.org", "secret"))
                .asString()
                .doesNotContain("ada")
                .doesNotContain("secret");
    }

    private static void assertRefused(LoginRequest request, FieldError... errors) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request::credentials)
                .satisfies(problem ->
                        assertThat(problem.getBody().getProperties()).containsEntry("errors", List.of(errors)));
    }
}
