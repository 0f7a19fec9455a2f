package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSignalTest {

    private static final UUID SESSION = UUID.fromString("0198c2a4-7b1e-7c3d-9f00-1234567890ab");

    @ParameterizedTest
    @EnumSource
    void comesBackAsItWasPublished(SessionSignal.Kind kind) {
        var signal = new SessionSignal(kind, SESSION);

        assertThat(SessionSignal.parse(signal.message())).contains(signal);
    }

    @Test
    void isAWordAndTheSession() {
        assertThat(new SessionSignal(SessionSignal.Kind.REVOKED, SESSION).message())
                .isEqualTo("revoked 0198c2a4-7b1e-7c3d-9f00-1234567890ab");
        assertThat(SessionSignal.channel(new KeySpace("prod"))).isEqualTo("frontdesk:prod:_:session-signals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "revoked",
                "revoked 1-1-1-1-1",
                "moved 0198c2a4-7b1e-7c3d-9f00-1234567890ab",
                "revoked 0198c2a4-7b1e-7c3d-9f00-1234567890ab more",
                "REVOKED 0198c2a4-7b1e-7c3d-9f00-1234567890ab"
            })
    void whatIsNoSignalIsPassedOver(String message) {
        assertThat(SessionSignal.parse(message)).isEmpty();
    }
}
