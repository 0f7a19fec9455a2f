package dev.frontdesk.registration.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.registration.addresses.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final EmailAddress ADA = new EmailAddress("lovelace@example.com");

    private final PasswordPolicy policy = new PasswordPolicy();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "violet harbour 42",
                "zweiundvierzig",
                "şifremçokgüçlü",
                "😀😃😄😁😆😅🤣😂",
                "        x       ",
                "pässwört"
            })
    void takesWhatIsLongEnough(String password) {
        assertThat(policy.objection(new Password(password), ADA)).isEmpty();
    }

    @Test
    void countsCodePointsAfterNormalising() {
        assertThat(policy.objection(new Password("😀".repeat(7)), ADA)).contains("must have 8 to 128 characters");
        assertThat(policy.objection(new Password("xy".repeat(64)), ADA)).isEmpty();
        assertThat(policy.objection(new Password("😀".repeat(128)), ADA)).isEmpty();
        assertThat(policy.objection(new Password("xy".repeat(64) + "z"), ADA))
                .contains("must have 8 to 128 characters");
        // Four letters, each with its diaeresis apart.
        assertThat(policy.objection(new Password("u\u0308".repeat(4)), ADA)).contains("must have 8 to 128 characters");
        // A ligature is three letters.
        assertThat(policy.objection(new Password("oﬃce-4x"), ADA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord1", "12345678", "qwertyuiop", "iloveyou", "ｐａｓｓｗｏｒｄ", "galatasaray"})
    void refusesWhatEverybodyTriesFirst(String password) {
        assertThat(policy.objection(new Password(password), ADA))
                .contains("is one of the passwords that are tried first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lovelace", "Lovelace1815!", "xxLOVELACExx", "lovelace@example.com", "ＬＯＶＥＬＡＣＥ"})
    void refusesWhatTheAddressTells(String password) {
        assertThat(policy.objection(new Password(password), ADA)).contains("must not contain the address");
    }

    @Test
    void passesOverALocalPartThatStandsInEveryWord() {
        var ed = new EmailAddress("ed@example.com");
        assertThat(policy.objection(new Password("red wedding"), ed)).isEmpty();
        assertThat(policy.objection(new Password("xed@example.com"), ed)).contains("must not contain the address");
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(policy.objection(new Password("abcdefg\uD83D"), ADA)).contains("must consist of whole characters");
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
