package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Ada", "Ayşe", "Jean-Luc", "D’Arcy", "Mary Ann", "李", "Zoë", "علی\u200Cرضا", "葛\uDB40\uDD00"})
    void repeatsANameAsItWasTyped(String name) {
        assertThat(GivenName.orNothing(" " + name + " ")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "win 500 €",
                "evil.example",
                "https://evil.example/win",
                "Click here: evil",
                "<b>Ada</b>",
                "{{code}}",
                "Ada\r\nBcc: eve@example.org",
                "Dear customer your account has been locked"
            })
    void repeatsNothingThatIsNoName(String typed) {
        assertThat(GivenName.orNothing(typed)).isEmpty();
    }
}
