package dev.frontdesk.contracts.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyTextTest {

    private final ApiKeyText key = ApiKeyText.generate(UUID.randomUUID());

    @Test
    void readsWhatItWrites() {
        assertThat(key.text()).startsWith("fdk_" + key.id() + "_").hasSize(90);
        assertThat(ApiKeyText.parse(key.text())).contains(key);
        assertThat(ApiKeyText.generate(key.id())).isNotEqualTo(key);
    }

    /** Keys that were given out must stay valid: this one is of no tenant. */
    @Test
    void keepsItsForm() {
        var known = new ApiKeyText(
                UUID.fromString("01a2b3c4-0000-4000-8000-0123456789ab"), "0123456789ABCDEFGHIJabcdefghij0123456789ABC");

        assertThat(known.text())
                .isEqualTo("fdk_01a2b3c4-0000-4000-8000-0123456789ab_0123456789ABCDEFGHIJabcdefghij0123456789ABC"
                        + "0yH4Qg");
        assertThat(known.secretHash()).isEqualTo("f23028a8a6532f2e29d64a962d55bb5742789b575f176527a624434dca0912d6");
    }

    @Test
    void refusesEveryChangeOfOneCharacter() {
        String text = key.text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKeyText.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("position %s", i)
                    .isEmpty();
            assertThat(ApiKeyText.parse(text.substring(0, i) + text.substring(i + 1)))
                    .isEmpty();
        }
    }

    @Test
    void refusesSwappedNeighbours() {
        String text = key.text();
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) != text.charAt(i + 1)) {
                String swapped = text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
                assertThat(ApiKeyText.parse(swapped)).as("position %s", i).isEmpty();
            }
        }
    }

    @Test
    void refusesWhatIsNoKey() {
        for (String text : new String[] {
            "",
            "fdk_",
            "fds_1_x",
            key.text() + "x",
            " " + key.text(),
            key.text().toUpperCase(Locale.ROOT),
            "é".repeat(90)
        }) {
            assertThat(ApiKeyText.parse(text)).as(text).isEmpty();
        }
        assertThat(ApiKeyText.isMeantBy("fdk_x")).isTrue();
        assertThat(ApiKeyText.isMeantBy("fds_1_x")).isFalse();
    }

    @Test
    void showsNoSecret() {
        assertThat(key.toString()).contains(key.id().toString()).doesNotContain(key.secret());
    }
}
