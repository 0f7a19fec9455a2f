package dev.frontdesk.gateway.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningPropertiesTest {

    private static SigningProperties properties(String issuer, Duration publishedAfter) {
        return new SigningProperties(
                "secret-key", "accepted-key", URI.create(issuer), Duration.ofMinutes(5), publishedAfter);
    }

    /** Applications compare it with the claim as a text, and append the path of the keys. */
    @ParameterizedTest
    @ValueSource(strings = {"https://api.example/", "api.example", "mailto:a@api.example", "/api"})
    void wantTheUrlOfTheGateway(String issuer) {
        assertThatThrownBy(() -> properties(issuer, Duration.ofMinutes(5)))
                .hasMessageContaining("FRONTDESK_SIGNING_ISSUER");
    }

    /** Otherwise an application could not check the last assertions of a key that was replaced. */
    @Test
    void keepAFormerKeyPublishedAsLongAsItsAssertionsLive() {
        assertThatThrownBy(() -> properties("https://api.example", Duration.ofSeconds(29)))
                .hasMessageContaining("published-after");
        assertThat(properties("https://api.example", Duration.ofSeconds(30)).publishedAfter())
                .hasSeconds(30);
    }

    @Test
    void doNotShowTheirKeys() {
        assertThat(properties("https://api.example", Duration.ofMinutes(5)).toString())
                .contains("https://api.example")
                .doesNotContain("secret-key", "accepted-key");
    }
}
