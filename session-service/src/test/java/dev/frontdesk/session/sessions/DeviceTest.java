package dev.frontdesk.session.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @Test
    void takesAnyNameThatCanBeShown() {
        assertThat(device("Ada'nın telefonu 😀").name()).isEqualTo("Ada'nın telefonu 😀");
        assertThat(device("👩‍💻".repeat(64)).name()).hasSize(320);
        assertThat(device("").name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u202Egro.elpmaxe", "\u200Ba", "\u001B[2J", "\u2028", "\uD83D"})
    void refusesWhatSteers(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> device(name));
    }

    @Test
    void tellsNothingOfItsOwner() {
        assertThat(device("Ada's phone")).asString().doesNotContain("Ada").doesNotContain("203.0.113.7");
    }

    private static Device device(String name) {
        return new Device(UUID.randomUUID(), name, UserAgent.of("curl/8"), "203.0.113.7");
    }
}
