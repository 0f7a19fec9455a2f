package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityAssertionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final SecretKey KEY = key(1);
    private static final Caller.ApiKey KEY_OF_ACME =
            new Caller.ApiKey(ACME, UUID.randomUUID(), Scopes.known(List.of("cache:write", "jobs:read")));

    private final IdentityAssertions assertions = at(NOW);

    static Stream<Caller> callers() {
        return Stream.of(
                new Caller.Anonymous(ACME),
                new Caller.Operator(ACME),
                new Caller.Service(ACME, "session-service"),
                new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of("editor")),
                KEY_OF_ACME,
                new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of("editor"), KEY_OF_ACME));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void tellsEveryKindOfCallerFromItsSignature(Caller caller) {
        assertThat(assertions.verify(assertions.sign(caller))).contains(caller);
    }

    @Test
    void tellsWhereTheCallComesFrom() {
        var caller = new Caller.Anonymous(ACME);

        assertThat(assertions.read(assertions.sign(caller, "2001:db8::7")))
                .contains(new IdentityAssertions.Asserted(caller, "2001:db8::7"));
        assertThat(assertions.read(assertions.sign(caller))).contains(new IdentityAssertions.Asserted(caller, null));
    }

    @Test
    void lastsThirtySecondsAndSomeForTheClocks() {
        String assertion = assertions.sign(new Caller.Anonymous(ACME));

        assertThat(at(NOW.plus(Duration.ofSeconds(34))).verify(assertion)).isPresent();
        assertThat(at(NOW.plus(Duration.ofSeconds(36))).verify(assertion)).isEmpty();
    }

    @Test
    void refusesOneThatClaimsToLastLonger() throws JOSEException {
        var far = claims().expirationTime(Date.from(NOW.plus(Duration.ofHours(1))))
                .build();

        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", far)))
                .isEmpty();
    }

    @Test
    void refusesAnotherKeyAnotherTypeAndNoSignature() throws JOSEException {
        var claims = claims().build();

        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", claims)))
                .isPresent();
        assertThat(assertions.verify(signed(key(2), "frontdesk-identity+jwt", claims)))
                .isEmpty();
        assertThat(assertions.verify(signed(KEY, "JWT", claims))).isEmpty();
        assertThat(assertions.verify(new PlainJWT(claims).serialize())).isEmpty();
    }

    @Test
    void believesTheOtherKeyWhileOneIsChanged() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var before = new IdentityAssertions(List.of(key(1), key(2)), clock);
        var after = new IdentityAssertions(List.of(key(2), key(1)), clock);
        var caller = new Caller.Operator(ACME);

        assertThat(before.verify(after.sign(caller))).contains(caller);
        assertThat(after.verify(before.sign(caller))).contains(caller);
        assertThat(assertions.verify(before.sign(caller)))
                .as("the first one signs")
                .contains(caller);
        assertThat(assertions.verify(after.sign(caller))).isEmpty();
    }

    @Test
    void refusesAKindOrATenantThatDoesNotExist() throws JOSEException {
        var kind = claims().claim("kind", "root").build();
        var tenant = claims().claim("tenant", "ACME:*").build();

        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", kind)))
                .isEmpty();
        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", tenant)))
                .isEmpty();
    }

    @Test
    void refusesAnAccountWithoutRoles() throws JOSEException {
        var account = claims().claim("kind", "account")
                .subject(UUID.randomUUID().toString())
                .claim("sid", UUID.randomUUID().toString());

        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", account.build())))
                .isEmpty();
        account.claim("roles", List.of("administrator"));
        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", account.build())))
                .isPresent();
        account.claim("roles", Arrays.asList("administrator", null));
        assertThat(assertions.verify(signed(KEY, "frontdesk-identity+jwt", account.build())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "..", "null"})
    void refusesWhatIsNoAssertion(String text) {
        assertThat(assertions.verify(text)).isEmpty();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .claim("tenant", "acme")
                .claim("kind", "operator")
                .expirationTime(Date.from(NOW.plus(Duration.ofSeconds(30))));
    }

    private static String signed(SecretKey key, String type, JWTClaimsSet claims) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new com.nimbusds.jose.JOSEObjectType(type))
                        .build(),
                claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }

    private static IdentityAssertions at(Instant time) {
        return new IdentityAssertions(KEY, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
