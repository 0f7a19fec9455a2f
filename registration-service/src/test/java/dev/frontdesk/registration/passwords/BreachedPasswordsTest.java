package dev.frontdesk.registration.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachedPasswordsTest {

    private static final BreachedPasswords BREACHED = BreachedPasswords.bundled();

    @Test
    void areManyOfThem() {
        assertThat(BREACHED.size()).isEqualTo(477_223);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "12345678",
                "qwertyuiop",
                "trustno1",
                "PaSSw0rd",
                "jeka1122334455",
                "wkwtkruo",
                "w2hg9j87"
            })
    void areKnown(String password) {
        assertThat(BREACHED.contain(new Password(password))).isTrue();
    }

    @Test
    void areOurOwnToo() throws IOException {
        try (var own = Files.lines(Path.of("../dev/breached-passwords/own.txt"))) {
            assertThat(own.filter(line -> !line.startsWith("# ")).map(Password::new))
                    .hasSizeGreaterThan(3_000)
                    .allMatch(BREACHED::contain);
        }
    }

    @Test
    void haveFewFalsePositives() {
        var random = new Random(42);
        int mistaken = 0;
        for (int i = 0; i < 500_000; i++) {
            if (BREACHED.contain(new Password("-" + Long.toHexString(random.nextLong()) + "-"))) {
                mistaken++;
            }
        }
        // One in 100,000 is expected: 5.
        assertThat(mistaken).isLessThan(20);
    }
}
