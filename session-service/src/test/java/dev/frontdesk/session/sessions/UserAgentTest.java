package dev.frontdesk.session.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserAgentTest {

    @Test
    void staysAsItIsWhenItIsPresentable() {
        assertThat(UserAgent.of("Mozilla/5.0 (X11; Linux) Fırefox/140").value())
                .isEqualTo("Mozilla/5.0 (X11; Linux) Fırefox/140");
    }

    @Test
    void isEmptyWhenTheClientSaysNothing() {
        assertThat(UserAgent.of(null).value()).isEmpty();
    }

    @Test
    void losesWhatSteersATerminalOrTheDirectionOfAText() {
        assertThat(UserAgent.of("a\u001b[31mb\r\nc\u0000d\u0085e\u202ef\u200b").value())
                .isEqualTo("a[31mbcdef");
        assertThatIllegalArgumentException().isThrownBy(() -> new UserAgent("a\u001bb"));
    }

    @Test
    void isCutTo256Characters() {
        assertThat(UserAgent.of("x".repeat(256)).value()).hasSize(256);
        assertThat(UserAgent.of("x".repeat(100_000)).value()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserAgent("x".repeat(257)));
    }

    @Test
    void isNeverCutThroughACharacter() {
        var agent = UserAgent.of("x".repeat(255) + "😀😀").value();

        assertThat(agent).isEqualTo("x".repeat(255));
        assertThat(UserAgent.of("x".repeat(255) + "e\u0301").value()).isEqualTo("x".repeat(255));
        assertThat(new String(agent.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(agent);
    }
}
