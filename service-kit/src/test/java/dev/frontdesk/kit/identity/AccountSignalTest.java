package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSignalTest {

    private static final UUID ACCOUNT = UUID.fromString("0198c2a4-7b1e-7c3d-9f00-1234567890ab");
    private static final UUID SESSION = UUID.fromString("0198c2a4-7b1e-7c3d-9f00-ba0987654321");

    @Test
    void comesBackAsItWasPublished() {
        for (var signal : new AccountSignal[] {
            new AccountSignal(ACCOUNT, 7, null), new AccountSignal(ACCOUNT, 0, SESSION), AccountSignal.gone(ACCOUNT)
        }) {
            assertThat(AccountSignal.parse(signal.message())).contains(signal);
            assertThat(SessionSignal.parse(signal.message())).isEmpty();
        }
    }

    @Test
    void isAWordTheAccountItsVersionAndTheSessionThatStays() {
        assertThat(new AccountSignal(ACCOUNT, 7, SESSION).message()).isEqualTo("outdated " + ACCOUNT + " 7 " + SESSION);
        assertThat(AccountSignal.gone(ACCOUNT).message()).isEqualTo("outdated " + ACCOUNT + " none none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "outdated",
                "outdated 0198c2a4-7b1e-7c3d-9f00-1234567890ab 7",
                "outdated 0198c2a4-7b1e-7c3d-9f00-1234567890ab -1 none",
                "outdated 0198c2a4-7b1e-7c3d-9f00-1234567890ab 1234567890123456789 none",
                "outdated 1-1-1-1-1 7 none",
                "revoked 0198c2a4-7b1e-7c3d-9f00-1234567890ab"
            })
    void whatIsNoSignalIsPassedOver(String message) {
        assertThat(AccountSignal.parse(message)).isEmpty();
    }
}
