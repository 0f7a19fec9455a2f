package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ada@example.com|ada@example.com",
                "  Ada@Example.COM  |ada@example.com",
                "\u00A0ada@example.com\u3000|ada@example.com",
                "ada+news@example.co.uk|ada+news@example.co.uk",
                "o'brien.x_y-z@example.com|o'brien.x_y-z@example.com",
                "ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ|ada@example.com",
                "ﬁona@example.com|fiona@example.com",
                "ada@bücher.example|ada@xn--bcher-kva.example",
                "ada@BÜCHER.example|ada@xn--bcher-kva.example",
                "ada@bu\u0308cher.example|ada@xn--bcher-kva.example",
                "ada@xn--bcher-kva.example|ada@xn--bcher-kva.example",
                "ada@例え。テスト|ada@xn--r8jz45g.xn--zckzah",
                "\u212Aelvin@example.com|kelvin@example.com",
            })
    void hasOneFormForAllSpellings(String typed, String normalised) {
        assertThat(new EmailAddress(typed).value()).isEqualTo(normalised);
        assertThat(new EmailAddress(normalised).value()).isEqualTo(normalised);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@example.com",
                "ada@",
                "ada@localhost",
                "ada@@example.com",
                "ada@ex@ample.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "a da@example.com",
                "\"a da\"@example.com",
                "ada@exam ple.com",
                "ada@-example.com",
                "ada@example-.com",
                "ada@example..com",
                "ada@example.com.",
                "ada@.example.com",
                "ada@exa_mple.com",
                "ada@127.0.0.1",
                "ada@[127.0.0.1]",
                "ada@example.c",
                "Ada <ada@example.com>",
                "ada@example.com,eve@example.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada@example.com\n",
                "\tada@example.com",
                "a\u0000da@example.com",
                "ada@exam\u0007ple.com",
                "a\u200Bda@example.com",
                "a\u200Dda@example.com",
                "ada@exam\u200Cple.com",
                "a\uFEFFda@example.com",
                "a\u00ADda@example.com",
                "a\u202Eda@example.com",
                "\u2066ada@example.com",
                "a\u2028da@example.com",
                "a\u034Fda@example.com",
                "a\u3164da@example.com",
                "a\uFE0Fda@example.com",
                "a\uD800da@example.com",
                "ada@straße.example",
                "ada@STRAẞE.example",
                "ada@βόλος.example",
                "ada@a\u2024b@example.com",
            })
    void refusesWhatIsNoPlainAddress(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(typed))
                .withMessage("must be an e-mail address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JÜRGEN@example.com",
                "ju\u0308rgen@example.com",
                "\u0430da@example.com",
                "王@example.com",
                "ada☃@example.com",
                "😀@example.com",
                "ß@example.com",
            })
    void refusesWhatNotEveryMailServerCanCarry(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(typed))
                .withMessage("must have only ASCII before the @");
    }

    /** Lower case turns it into another letter, and so into another domain. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "İbrahim@example.com",
                "ibrahim@İSTANBUL.example",
                "i\u0307brahim@example.com",
                "ada@i\u0307stanbul.example",
                "ada@I\u0307STANBUL.example"
            })
    void tellsACapitalIWithADotAsWhatItIs(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(typed))
                .withMessage("must have I or i instead of İ");
    }

    @Test
    void takesADotlessIInADomainForWhatItIs() {
        assertThat(new EmailAddress("ada@ışık.example").value()).isEqualTo("ada@xn--k-ekaa7p.example");
    }

    @Test
    void refusesWhatIsTooLong() {
        String domain = ("a".repeat(62) + ".").repeat(3) + "example";
        assertThat(new EmailAddress("a".repeat(254 - 1 - domain.length()) + "@" + domain).value())
                .hasSize(254);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress("a".repeat(255 - 1 - domain.length()) + "@" + domain));
        assertThat(new EmailAddress("a".repeat(64) + "@example.com").localPart())
                .hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("a".repeat(65) + "@example.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("ü".repeat(33) + "@example.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("a@" + "b".repeat(64) + ".example.com"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress("a@" + "b.".repeat(30_000) + "example.com"));
    }

    @Test
    void isTheSameAfterASecondTimeWhateverGoesIn() {
        var random = new Random(42);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            String typed =
                    anything(random, 1 + random.nextInt(6)) + "@" + anything(random, 1 + random.nextInt(5)) + ".com";
            EmailAddress first;
            try {
                first = new EmailAddress(typed);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage())
                        .isIn(
                                "must be an e-mail address",
                                "must have only ASCII before the @",
                                "must have I or i instead of İ");
                continue;
            }
            accepted++;
            assertThat(new EmailAddress(first.value())).isEqualTo(first);
            assertThat(first.value().length()).isLessThanOrEqualTo(254);
        }
        assertThat(accepted).isGreaterThan(500);
    }

    private static String anything(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int bound = random.nextInt(4) == 0 ? 0x20000 : random.nextBoolean() ? 0x600 : 0x80;
            text.appendCodePoint(random.nextInt(bound));
        }
        return text.toString();
    }

    @Test
    void isNotShownWhole() {
        assertThat(new EmailAddress("ada@example.com")).hasToString("a***@example.com");
    }

    @Test
    void isNamedInKeysByItsHash() {
        assertThat(new EmailAddress("Ada@example.com").hash())
                .isEqualTo("b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72");
    }
}
