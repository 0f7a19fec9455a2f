package dev.frontdesk.session.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.ProblemException.FieldError;
import dev.frontdesk.session.browsers.Transport;
import dev.frontdesk.session.devices.DeviceName;
import dev.frontdesk.session.devices.DeviceToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoginRequestTest {

    @Test
    void handsOnWhatThePersonTyped() {
        assertThat(login(" Ada@Example.org ", " pass word ").checked().credentials())
                .isEqualTo(new CredentialCheck(" Ada@Example.org ", " pass word "));
        assertThat(login("a".repeat(254), "p".repeat(1024)).checked().credentials())
                .isNotNull();
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertRefused(
                login(null, ""), new FieldError("email", "is required"), new FieldError("password", "is required"));
    }

    @Test
    void takesNoMoreThanCouldBeRight() {
        assertRefused(
                login("a".repeat(255), "p".repeat(1025)),
                new FieldError("email", "has more than 254 characters"),
                new FieldError("password", "has more than 1024 characters"));
    }

    @Test
    void hidesBothInText() {
        assertThat(login("ada@example.org", "secret"))
                .asString()
                .doesNotContain("ada")
                .doesNotContain("secret");
    }

    @Test
    void readsTheDeviceAndWhatItIsCalled() {
        var token = DeviceToken.generate();

        var login = new LoginRequest("ada@example.org", "secret", token.value(), "Phone", "cookie").checked();

        assertThat(login.device()).contains(token);
        assertThat(login.name()).contains(new DeviceName("Phone"));
        assertThat(login.transport()).isEqualTo(Transport.COOKIE);
        var plain = login("ada@example.org", "secret").checked();
        assertThat(plain.device()).isEmpty();
        assertThat(plain.name()).isEmpty();
        assertThat(plain.transport()).isEqualTo(Transport.TOKEN);
    }

    @Test
    void namesWhatIsWrongWithTheDevice() {
        assertRefused(
                new LoginRequest("ada@example.org", "secret", "fdd_1", "a\u202Eb", "carrier-pigeon"),
                new FieldError("device_token", "must be a device token from an earlier login"),
                new FieldError("device_name", "must be one line of visible characters"),
                new FieldError("transport", "must be token or cookie"));
    }

    private static LoginRequest login(@Nullable String email, String password) {
        return new LoginRequest(email, password, null, null, null);
    }

    private static void assertRefused(LoginRequest request, FieldError... errors) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request::checked)
                .satisfies(problem ->
                        assertThat(problem.getBody().getProperties()).containsEntry("errors", List.of(errors)));
    }
}
