package dev.frontdesk.registration.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.profiles.PersonName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final EmailAddress ADA = new EmailAddress("lovelace@example.com");

    private static final PersonName[] NAMES = {
        new PersonName("Ada"), new PersonName("Şükrü"), new PersonName("King-Noel Byron")
    };

    private final PasswordPolicy policy = new PasswordPolicy();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "violet harbour 42",
                "SecurePass123!",
                "zweiundvierzig",
                "şifremçokgüçlü",
                "😀😃😄😁😆😅🤣😂",
                "        x       ",
                "pässwört"
            })
    void takesWhatIsLongEnough(String password) {
        assertThat(policy.objection(new Password(password), ADA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "          ",
                "\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0",
                "\u3000 \u2003\t\n \u2028\u3000 ",
                "\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164",
                "\u200B \u200B \u200B \u200B \u200B "
            })
    void refusesWhatCannotBeSeen(String password) {
        assertThat(policy.objection(new Password(password), ADA)).contains("must have visible characters");
    }

    @Test
    void countsCodePointsAfterNormalising() {
        assertThat(policy.objection(new Password("😀".repeat(7)), ADA)).contains("must have 8 to 128 characters");
        assertThat(policy.objection(new Password("xy".repeat(64)), ADA)).isEmpty();
        assertThat(policy.objection(new Password("😀".repeat(128)), ADA)).isEmpty();
        assertThat(policy.objection(new Password("xy".repeat(64) + "z"), ADA))
                .contains("must have 8 to 128 characters");
        // Four letters, each with a separate diaeresis.
        assertThat(policy.objection(new Password("u\u0308".repeat(4)), ADA)).contains("must have 8 to 128 characters");
        // A ligature is three letters.
        assertThat(policy.objection(new Password("oﬃce-4x"), ADA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord1", "12345678", "qwertyuiop", "iloveyou", "ｐａｓｓｗｏｒｄ", "galatasaray"})
    void refusesBreachedPasswords(String password) {
        assertThat(policy.objection(new Password(password), ADA)).contains("is a known breached password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lovelaceq",
                "Lovelace1815!",
                "xxLOVELACExx",
                "lovelace@example.com",
                "ＬＯＶＥＬＡＣＥ１８",
                "L0v3lace",
                "!ecalevol",
                "lovelace749158203614",
                "ada.lovelace",
                "lovelaceada",
                "AdaAda2026",
                "20 ÁDÁ 26",
                "example-2026",
                "ŞükrüŞükrü",
                "sukru-1990",
                "--byron--",
                "my Byron"
            })
    void refusesWhatTheAddressAndTheNameTell(String password) {
        assertThat(policy.objection(new Password(password), ADA, NAMES))
                .contains("must not consist of the address or the name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my name is ada and I like numbers",
                "violet lovelace harbour",
                "canada goose",
                "x7k-ada-Qz2vm",
                "correct horse byron battery"
            })
    void takesALongOneThatMerelyContainsThem(String password) {
        assertThat(policy.objection(new Password(password), ADA, NAMES)).isEmpty();
    }

    @Test
    void ignoresShortNames() {
        var ed = new EmailAddress("ed@example.com");
        assertThat(policy.objection(new Password("red wedding"), ed, new PersonName("Ed"), new PersonName("王")))
                .isEmpty();
        assertThat(policy.objection(new Password("xed@example.com"), ed))
                .contains("must not consist of the address or the name");
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(policy.objection(new Password("abcdefg\uD83D"), ADA)).contains("must be valid Unicode text");
    }

    @Test
    void judgesWithoutAnAddress() {
        assertThat(policy.objection(new Password("lovelace1815"), null)).isEmpty();
        assertThat(policy.objection(new Password("short"), null)).isPresent();
    }

    @Test
    void isNeverShown() {
        assertThat(new Password("violet harbour 42")).hasToString("***");
    }
}
