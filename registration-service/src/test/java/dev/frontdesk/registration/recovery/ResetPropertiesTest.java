package dev.frontdesk.registration.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetPropertiesTest {

    private final ResetToken token = ResetToken.random(new SecureRandom());

    @Test
    void putTheTokenIntoTheFragment() {
        assertThat(new ResetProperties("https://shop.example/reset?from=mail").linkWith(token))
                .hasValue("https://shop.example/reset?from=mail#token=" + token.value());
    }

    @Test
    void makeNoLinkWithoutAPage() {
        for (@Nullable String none : new @Nullable String[] {null, "", " "}) {
            assertThat(new ResetProperties(none).linkWith(token)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example/reset",
                "javascript:alert(1)",
                "ftp://shop.example/reset",
                "https://shop.example/reset#x",
                "https://ada:secret@shop.example/reset",
                "https:///reset",
                "https://shop.example/re set"
            })
    void refuseWhatIsNoPage(String link) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResetProperties(link))
                .withMessage("frontdesk.registration.reset.link must be an https URL without a #");
    }

    @Test
    void neverShowTheToken() {
        assertThat(token).hasToString("***");
        assertThat(token.value()).hasSize(43);
    }
}
