package dev.frontdesk.sample;

import static dev.frontdesk.sample.PublishedKeys.claims;
import static dev.frontdesk.sample.PublishedKeys.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.sample.Assertions.Caller;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionsTest {

    private final ECKey key = PublishedKeys.key();
    private final PublishedKeys published = new PublishedKeys();
    private final Assertions assertions =
            new Assertions(published.url(), PublishedKeys.ISSUER, PublishedKeys.AUDIENCE, PublishedKeys.TENANT);

    AssertionsTest() throws IOException, JOSEException {}

    @BeforeEach
    void publish() {
        published.publish(key.toPublicJWK());
    }

    @AfterEach
    void close() {
        published.close();
    }

    @Test
    void saysWhoCalls() throws JOSEException {
        assertThat(assertions.verify(signed(claims("ada"), key))).isEqualTo(new Caller("account", "ada"));
        assertThat(assertions.verify(signed(claims("ada").subject(null).claim("kind", "anonymous"), key)))
                .isEqualTo(new Caller("anonymous", null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ada", "a.b.c", "eyJhbGciOiJFUzI1NiJ9.e30."})
    void refusesWhatIsNoAssertion(@Nullable String text) {
        refuses(text);
    }

    static Stream<Arguments> otherClaims() {
        return Stream.of(
                change(
                        "expired",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(10)))),
                change("without an end", claims -> claims.expirationTime(null)),
                change(
                        "not valid yet",
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(60)))),
                change("without an issue time", claims -> claims.issueTime(null)),
                change("another audience", claims -> claims.audience("blog")),
                change("no audience", claims -> claims.audience((String) null)),
                change("another issuer", claims -> claims.issuer("https://gateway.example.com")),
                change("no issuer", claims -> claims.issuer(null)),
                change("another tenant", claims -> claims.claim("tenant", "default")),
                change("no tenant", claims -> claims.claim("tenant", null)),
                change("no kind", claims -> claims.claim("kind", null)),
                change("a kind that is no text", claims -> claims.claim("kind", List.of("account"))));
    }

    private static Arguments change(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.argumentSet(name, change);
    }

    @ParameterizedTest
    @MethodSource("otherClaims")
    void refusesOtherClaims(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        refuses(signed(change.apply(claims("ada")), key));
    }

    @Test
    void refusesOneWithoutASignature() {
        refuses(new PlainJWT(claims("ada").build()).serialize());
    }

    /** Every reader of the published key could sign. */
    @Test
    void refusesHmacWithThePublicKey() throws JOSEException {
        var publicKey = key.toPublicJWK();
        for (byte[] secret : List.of(
                publicKey.toECPublicKey().getEncoded(), publicKey.toJSONString().getBytes(UTF_8))) {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims("ada").build());
            jwt.sign(new MACSigner(secret));
            refuses(jwt.serialize());
        }
    }

    @Test
    void refusesTheSignatureOfAnotherKeyUnderAKnownName() throws JOSEException {
        var forged =
                new ECKey.Builder(PublishedKeys.key()).keyID(key.getKeyID()).build();
        refuses(signed(claims("ada"), forged));
    }

    @Test
    void refusesAChangedAssertion() throws JOSEException {
        String[] ada = signed(claims("ada"), key).split("\\.");
        String[] eve = signed(claims("eve"), key).split("\\.");
        refuses(ada[0] + "." + eve[1] + "." + ada[2]);
    }

    @Test
    void readsTheKeysAgainForOneItDoesNotKnowAndForgetsThoseThatAreNotPublished() throws JOSEException {
        String before = signed(claims("ada"), key);
        assertions.verify(before);

        ECKey next = PublishedKeys.key();
        published.publish(next.toPublicJWK());

        assertThat(assertions.verify(signed(claims("ada"), next))).isEqualTo(new Caller("account", "ada"));
        refuses(before);
    }

    @Test
    void saysWhenTheKeysCannotBeRead() throws JOSEException {
        published.close();
        String assertion = signed(claims("ada"), key);
        assertThatExceptionOfType(ServiceUnavailableResponse.class).isThrownBy(() -> assertions.verify(assertion));
    }

    private void refuses(@Nullable String assertion) {
        assertThatExceptionOfType(UnauthorizedResponse.class).isThrownBy(() -> assertions.verify(assertion));
    }
}
