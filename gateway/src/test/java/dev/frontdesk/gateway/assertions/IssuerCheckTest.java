package dev.frontdesk.gateway.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class IssuerCheckTest {

    private static final String DEFAULT = "http://localhost:8080";

    private static SigningProperties properties(String issuer, Duration publishedBefore) {
        return new SigningProperties("key", null, URI.create(issuer), publishedBefore, Duration.ofMinutes(5));
    }

    private static IssuerCheck check(String issuer, MockEnvironment environment) {
        return new IssuerCheck(properties(issuer, Duration.ofMinutes(5)), environment);
    }

    @Test
    void warnsOfTheDefaultBehindTlsOrAProxy() {
        var tls = new MockEnvironment().withProperty("frontdesk.gateway.tls.certificate", "/tls.crt");
        var proxies = new MockEnvironment().withProperty("frontdesk.gateway.trusted-proxies", "10.0.0.0/8");

        assertThat(check(DEFAULT, tls).warning()).get().asString().contains("FRONTDESK_SIGNING_ISSUER");
        assertThat(check(DEFAULT, proxies).warning()).isPresent();
        assertThat(check("https://api.example", tls).warning()).isEmpty();
    }

    @Test
    void acceptsTheDefaultOfAMachineOfADeveloper() {
        var none = new MockEnvironment()
                .withProperty("frontdesk.gateway.tls.certificate", "")
                .withProperty("frontdesk.gateway.trusted-proxies", "");

        assertThat(check(DEFAULT, none).warning()).isEmpty();
        assertThat(check(DEFAULT, new MockEnvironment()).warning()).isEmpty();
    }

    @Test
    void letsNoKeySignThatOthersDoNotPublish() {
        assertThatThrownBy(() -> properties(DEFAULT, Duration.ZERO)).hasMessageContaining("published-before");
        assertThatThrownBy(() -> properties(DEFAULT, Duration.ofMillis(999))).hasMessageContaining("at least 1 s");
        assertThat(properties(DEFAULT, Duration.ofSeconds(1)).publishedBefore()).hasSeconds(1);
    }
}
