package dev.frontdesk.notification.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.kit.outbound.OutboundUrl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

    private static final SigningSecret KNOWN = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The test vector of the implementations of Standard Webhooks. */
    @Test
    void signsAsStandardWebhooksDo() {
        assertThat(KNOWN.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsWithEachOfSeveral() {
        var other = SigningSecret.random();
        var request = request("order.paid", List.of(other, KNOWN), "{}");

        assertThat(request.signatures(7).split(" "))
                .containsExactly(
                        other.sign("evt_1", 7, "{}".getBytes(UTF_8)), KNOWN.sign("evt_1", 7, "{}".getBytes(UTF_8)));
    }

    /** {@code printf '{"name":"Ayşe"}' | openssl dgst -sha256 -hmac "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}. */
    @Test
    void signsABodyAloneWithItsWholeText() {
        assertThat(KNOWN.signBody("{\"name\":\"Ayşe\"}".getBytes(UTF_8)))
                .isEqualTo("8a0a3c85ed8904a9776078ad003cf6da1b4c83a4b6f9c56b35c9050992089d23");
        assertThat(request("order.paid", List.of(KNOWN, SigningSecret.random()), "{\"name\":\"Ayşe\"}")
                        .signatureOfBody())
                .isEqualTo("8a0a3c85ed8904a9776078ad003cf6da1b4c83a4b6f9c56b35c9050992089d23");
    }

    /** Names of events and kinds of jobs have no other characters; a line break would add a header. */
    @ParameterizedTest
    @ValueSource(strings = {"", "order paid", "order.paid\r\nX-Admin: 1", "sipariş", "a,b", "a:b"})
    void takesNoTypeThatAHeaderCouldNotHold(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> request(type, List.of(KNOWN), "{}"));
    }

    private static OutboundRequest request(String type, List<SigningSecret> secrets, String body) {
        return new OutboundRequest(
                "evt_1",
                type,
                new OutboundUrl("https://shop.example/"),
                secrets,
                false,
                body,
                Duration.ofSeconds(1),
                0);
    }

    @Test
    void isRandomAndNotShown() {
        assertThat(SigningSecret.random()).isNotEqualTo(SigningSecret.random());
        assertThat(SigningSecret.random().text()).hasSize(6 + 44);
        assertThat(KNOWN).hasToString("whsec_***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_*", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningSecret(text));
    }
}
