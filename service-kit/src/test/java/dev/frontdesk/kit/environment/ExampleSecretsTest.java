package dev.frontdesk.kit.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change-me-change-me-1842",
                "CHANGE_ME_f3Qz81kd0vN2",
                "Changeme91kfj2mzkq3x",
                "please.replace.9cke81x",
                "example-9c8e7f0a1b2d3",
                "my-Secret-9c8e7f0a1b2d3",
                "P4ssw0rd-9c8e7f0a1b2d3",
                "<your own, please! 42>",
                "${POSTGRES_PASSWORD_X}",
                "{{ .Values.password9 }}",
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "abcd1234abcd1234abcd1234",
                "abcdefghijklmnopqrstuvwx",
                "0123456789abcdefghij"
            })
    void recognisesATypedPassword(String password) {
        assertThat(ExampleSecrets.isExample(password)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("typedKeys")
    void recognisesATypedKey(byte[] key) {
        assertThat(ExampleSecrets.isExample(key)).isTrue();
    }

    static Stream<byte[]> typedKeys() {
        return Stream.of(
                new byte[32],
                bytes(i -> 0xff),
                bytes(i -> i),
                bytes(i -> 255 - i),
                bytes(i -> i * 7),
                bytes(i -> new int[] {200, 3, 77, 191, 18, 250, 6, 131}[i % 8]),
                bytes(i -> (i % 16) * 37 ^ 0x5a),
                "correct horse battery staple, ok".getBytes(UTF_8),
                "gizli anahtar: değiştirilmeli!".getBytes(UTF_8),
                "9f86d081884c7d659a2feaa0c55ad015".getBytes(UTF_8));
    }

    @Test
    void takesWhatWasDrawnAtRandom() {
        var random = new SecureRandom();
        for (int round = 0; round < 2_000; round++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            byte[] shorter = new byte[16];
            random.nextBytes(shorter);

            assertThat(ExampleSecrets.isExample(key)).isFalse();
            assertThat(ExampleSecrets.isExample(Base64.getEncoder().encodeToString(key)))
                    .isFalse();
            assertThat(ExampleSecrets.isExample(HexFormat.of().formatHex(shorter)))
                    .isFalse();
        }
    }

    private static byte[] bytes(IntUnaryOperator at) {
        byte[] key = new byte[32];
        IntStream.range(0, key.length).forEach(i -> key[i] = (byte) at.applyAsInt(i));
        return key;
    }
}
