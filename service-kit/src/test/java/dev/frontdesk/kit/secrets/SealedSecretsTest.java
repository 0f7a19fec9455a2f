package dev.frontdesk.kit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {

    private final SealedSecrets secrets = new SealedSecrets(key(1));

    @Test
    void opensWhatItSealed() {
        assertThat(secrets.open(secrets.seal("123456", "code:1"), "code:1")).isEqualTo("123456");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(secrets.seal("123456", "code:1"))
                .isNotEqualTo(secrets.seal("123456", "code:1"))
                .doesNotContain("123456");
    }

    @Test
    void refusesAnotherPurpose() {
        String sealed = secrets.seal("123456", "code:1");

        assertThatThrownBy(() -> secrets.open(sealed, "code:2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherKey() {
        String sealed = new SealedSecrets(key(2)).seal("123456", "code:1");

        assertThatThrownBy(() -> secrets.open(sealed, "code:1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAChangedSealAndNoSealAtAll() {
        String sealed = secrets.seal("123456", "code:1");
        String changed = sealed.substring(0, sealed.length() - 4) + "AAAA";

        assertThatThrownBy(() -> secrets.open(changed, "code:1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets.open("", "code:1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void opensWhatTheOtherKeySealedWhileOneIsChanged() {
        var changed = new SealedSecrets(key(2), key(1));

        assertThat(changed.open(secrets.seal("123456", "code:1"), "code:1")).isEqualTo("123456");
        assertThat(changed.open(changed.seal("123456", "code:1"), "code:1")).isEqualTo("123456");
        String sealed = changed.seal("123456", "code:1");
        assertThatThrownBy(() -> secrets.open(sealed, "code:1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SealedSecrets(key(1), "short"))
                .hasMessageContaining("FRONTDESK_EVENTS_ACCEPTEDKEY");
    }

    @Test
    void encryptsAgainWhatTheOldKeyEncrypted() {
        String former = new SealedSecrets(key(1)).seal("secret", "code:1");
        var changing = new SealedSecrets(key(2), key(1));

        String anew = changing.resealed(former, "code:1").orElseThrow();

        assertThat(new SealedSecrets(key(2)).open(anew, "code:1")).isEqualTo("secret");
        assertThat(changing.resealed(anew, "code:1")).isEmpty();
        assertThat(changing.resealed(former, "code:2")).isEmpty();
        assertThat(new SealedSecrets(key(3)).resealed(former, "code:1")).isEmpty();
    }

    @Test
    void refusesAKeyOfTheWrongLength() {
        assertThatThrownBy(() -> new SealedSecrets("c2hvcnQ=")).hasMessageContaining("FRONTDESK_EVENTS_KEY");
        assertThatThrownBy(() -> new SealedSecrets("not base64!")).hasMessageContaining("FRONTDESK_EVENTS_KEY");
    }

    @Test
    void showsNothing() {
        assertThat(new SealedSecrets(key(1), key(2))).hasToString("SealedSecrets[***]");
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
