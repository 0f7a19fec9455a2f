package dev.frontdesk.session.login;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "registration", "registration:8081", "/registration", "http:///"})
    void refusesAnAddressThatNamesNoHost(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginProperties(URI.create(url), Duration.ofSeconds(5)))
                .withMessageContaining("FRONTDESK_SERVICES_REGISTRATION");
    }

    @Test
    void refusesToWaitForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginProperties(URI.create("http://registration:8081"), Duration.ZERO));
    }
}
