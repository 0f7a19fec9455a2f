package dev.frontdesk.session.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTokenTest {

    private static final DeviceToken TOKEN = new DeviceToken("fdd_" + "a".repeat(43));

    @Test
    void isNewEachTime() {
        assertThat(DeviceToken.generate()).isNotEqualTo(DeviceToken.generate());
        assertThat(DeviceToken.parse(DeviceToken.generate().value())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fdd_", "fdd_short", "fds_1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x"})
    void isNothingElse(String text) {
        assertThat(DeviceToken.parse(text)).isEmpty();
        assertThat(DeviceToken.parse(TOKEN.value() + text))
                .isEqualTo(text.isEmpty() ? Optional.of(TOKEN) : Optional.empty());
    }

    @Test
    void namesTheDeviceWithoutSayingWhatIsStored() {
        var id = TOKEN.deviceId();

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(new DeviceToken(TOKEN.value()).deviceId());
        assertThat(TOKEN.hash()).hasSize(64).doesNotContain(id.toString().substring(0, 8));
        assertThat(DeviceToken.generate().deviceId()).isNotEqualTo(id);
    }

    @Test
    void hidesItself() {
        assertThat(TOKEN).hasToString("fdd_***");
    }
}
