package dev.frontdesk.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.socket.CloseStatus;

class CloseCodesTest {

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 1011, 1012, 1013, 3000, 4401, 4999})
    void passesOnWhatMayStandInACloseFrame(int code) {
        var status = CloseStatus.create(code, "why");

        assertThat(CloseCodes.passedOn(status, CloseStatus.GOING_AWAY)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1006, 1015, 2000})
    void replacesWhatMayNot(int code) {
        assertThat(CloseCodes.passedOn(CloseStatus.create(code, null), CloseStatus.GOING_AWAY))
                .isEqualTo(CloseStatus.GOING_AWAY);
    }

    @Test
    void takesACloseWithoutACodeForANormalOne() {
        assertThat(CloseCodes.passedOn(CloseStatus.NO_STATUS_CODE, CloseStatus.GOING_AWAY))
                .isEqualTo(CloseStatus.NORMAL);
    }
}
