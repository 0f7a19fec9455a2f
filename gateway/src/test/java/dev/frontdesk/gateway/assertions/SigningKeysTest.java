package dev.frontdesk.gateway.assertions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Caller.Account ACCOUNT =
            new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of("member"));
    private static final Identity.Known KNOWN = new Identity.Known(ACCOUNT, null, NOW.minusSeconds(60));

    private final MutableClock clock = MutableClock.at(NOW);
    private final SigningKeys keys = keys(1);
    private final ApplicationAssertions assertions = new ApplicationAssertions(
            keys, "https://api.example", clock, () -> clock.instant().toEpochMilli() * 1_000_000);
    private long version;

    private static String key(int secret) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) secret;
        return Base64.getEncoder().encodeToString(bytes);
    }

    private SigningKeys keys(int secret, int... accepted) {
        String key = key(secret);
        return new SigningKeys(
                SealedSecrets.with("KEY", key, "OTHER", accepted.length == 0 ? "" : key(accepted[0])),
                new SigningProperties(
                        key, null, URI.create("https://api.example"), Duration.ofMinutes(5), Duration.ofMinutes(2)),
                JsonMapper.builder().build(),
                clock);
    }

    private void use(List<SigningKey> all) {
        keys.use(new GatewayDocument(GatewayDocument.SIGNING_KEYS, ++version, keys.contentOf(all), NOW));
    }

    private SignedJWT signed(String audience) throws Exception {
        return SignedJWT.parse(assertions.of(KNOWN, audience).toString());
    }

    private boolean isAccepted(SignedJWT assertion) throws Exception {
        for (Map<String, Object> published : keys.published()) {
            if (assertion.getHeader().getKeyID().equals(published.get("kid"))) {
                return assertion.verify(new ECDSAVerifier(ECKey.parse(published)));
            }
        }
        return false;
    }

    @Test
    void signsWithTheFirstKeyAtOnce() throws Exception {
        assertThatThrownBy(() -> assertions.of(KNOWN, "shop")).isInstanceOf(ProblemException.class);
        use(keys.only());

        assertThat(isAccepted(signed("shop"))).isTrue();
        assertThat(keys.published())
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .containsOnlyKeys("kty", "use", "crv", "kid", "x", "y", "alg")
                        .containsEntry("alg", "ES256"));
    }

    @Test
    void tellsApplicationsTheSameThatServicesLearn() throws Exception {
        use(keys.only());
        var key = new Caller.ApiKey(
                new TenantId("acme"),
                UUID.randomUUID(),
                new Scopes(List.of(
                        new Scope(Scope.Area.APPLICATION, Scope.Action.WRITE),
                        new Scope(Scope.Area.CACHE, Scope.Action.READ))));
        var both = new Caller.Account(ACCOUNT.tenant(), ACCOUNT.accountId(), ACCOUNT.sessionId(), ACCOUNT.roles(), key);
        var claims = SignedJWT.parse(assertions
                        .of(new Identity.Known(both, null, NOW.minusSeconds(60)), "shop")
                        .toString())
                .getJWTClaimsSet();

        assertThat(claims.getIssuer()).isEqualTo("https://api.example");
        assertThat(claims.getAudience()).containsExactly("shop");
        assertThat(claims.getSubject()).isEqualTo(ACCOUNT.accountId().toString());
        assertThat(claims.getClaim("kind")).isEqualTo("account");
        assertThat(claims.getClaim("sid")).isEqualTo(ACCOUNT.sessionId().toString());
        assertThat(claims.getClaim("roles")).isEqualTo(List.of("member"));
        assertThat(claims.getClaim("client_id")).isEqualTo(key.id().toString());
        assertThat(claims.getClaim("scope")).isEqualTo("application:write cache:read");
        assertThat(claims.getClaim("auth_time")).isEqualTo(NOW.minusSeconds(60).getEpochSecond());
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(30));

        var alone = SignedJWT.parse(assertions
                        .of(new Identity.Known(key, null, null), "shop")
                        .toString())
                .getJWTClaimsSet();
        assertThat(alone.getClaim("kind")).isEqualTo("api_key");
        assertThat(alone.getSubject()).isEqualTo(key.id().toString());
        var anonymous = SignedJWT.parse(assertions
                        .of(new Identity.Known(new Caller.Anonymous(new TenantId("acme")), null, null), "shop")
                        .toString())
                .getJWTClaimsSet();
        assertThat(anonymous.getClaims()).containsOnlyKeys("iss", "aud", "iat", "exp", "tenant", "kind");
    }

    @Test
    void signsOnceForAWhileAndForEachAudience() throws Exception {
        use(keys.only());
        String first = signed("shop").serialize();

        clock.advance(Duration.ofSeconds(14));
        assertThat(signed("shop").serialize()).isEqualTo(first);
        assertThat(signed("other").getJWTClaimsSet().getAudience()).containsExactly("other");
        clock.advance(Duration.ofSeconds(2));
        assertThat(signed("shop").serialize()).isNotEqualTo(first);
    }

    @Test
    void publishesANewKeyBeforeItSignsAndTheFormerOneAfterwards() throws Exception {
        use(keys.only());
        String former = signed("shop").getHeader().getKeyID();
        use(keys.rotated(keys.all()));

        assertThat(keys.published()).hasSize(2);
        assertThat(signed("shop").getHeader().getKeyID()).isEqualTo(former);
        assertThatThrownBy(() -> keys.rotated(keys.all()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type().status()).isEqualTo(409));

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        SignedJWT last = signed("shop");
        assertThat(last.getHeader().getKeyID()).isEqualTo(former);
        clock.advance(Duration.ofMillis(1));
        assertThat(signed("shop").getHeader().getKeyID()).isNotEqualTo(former);
        clock.advance(SigningKeys.LIFETIME);
        assertThat(isAccepted(last)).isTrue();

        clock.advance(Duration.ofMinutes(2));
        assertThat(isAccepted(last)).isFalse();
        assertThat(isAccepted(signed("shop"))).isTrue();
        assertThat(keys.published()).hasSize(1);
        use(keys.rotated(keys.all()));
        assertThat(keys.all()).as("without the forgotten one").hasSize(2);
    }

    @Test
    void forgetsACompromisedKeyAtOnce() throws Exception {
        use(keys.only());
        SignedJWT forged = signed("shop");
        use(keys.rotated(keys.all()));
        use(keys.only());

        assertThat(isAccepted(forged)).isFalse();
        assertThat(isAccepted(signed("shop"))).isTrue();
        assertThat(keys.published()).hasSize(1);
    }

    @Test
    void storesNoPrivateKeyThatOthersCanRead() {
        List<SigningKey> first = keys.only();
        String content = keys.contentOf(first);

        assertThat(content).doesNotContain("\"d\"");
        assertThat(first.toString()).doesNotContain(first.getFirst().sealedKey());
        var document = new GatewayDocument(GatewayDocument.SIGNING_KEYS, 1, content, NOW);
        assertThatThrownBy(() -> keys(2).use(document)).isInstanceOf(IllegalArgumentException.class);
        assertThat(keys(2).canUse(document)).isFalse();
        keys(1).use(document);
        assertThat(keys(1).canUse(document)).isTrue();
        assertThat(keys(2, 1).canUse(document)).isTrue();
        assertThat(keys(1).canUse(GatewayDocument.none(GatewayDocument.SIGNING_KEYS)))
                .isFalse();
    }

    @Test
    void opensAKeyOnlyUnderItsOwnName() {
        SigningKey key = keys.only().getFirst();
        SigningKey other = keys.only().getFirst();
        var mixed = new SigningKey(key.kid(), other.sealedKey(), NOW, NOW, null);

        assertThatThrownBy(() -> use(List.of(mixed))).isInstanceOf(IllegalArgumentException.class);
        assertThat(requireNonNull(keys.all())).isEmpty();
    }

    @Test
    void signsAtOnceIfNoKeyDoes() throws Exception {
        use(keys.rotated(List.of()));

        assertThat(isAccepted(signed("shop"))).isTrue();
    }

    /** The clock of a gateway is a second behind that of the one that made the key. */
    @Test
    void signsWithAKeyOfAClockThatIsAhead() throws Exception {
        use(keys.only());
        clock.moveTo(NOW.minusSeconds(1));

        assertThat(isAccepted(signed("shop"))).isTrue();
    }

    @Test
    void encryptsKeysAgainWhileTheKeyThatEncryptsThemIsChanged() {
        List<SigningKey> former = keys.only();
        assertThat(keys.resealed(former)).isEmpty();

        List<SigningKey> resealed = keys(2, 1).resealed(former).orElseThrow();

        assertThat(keys(2, 1).resealed(resealed)).isEmpty();
        keys(2).use(new GatewayDocument(GatewayDocument.SIGNING_KEYS, 1, keys.contentOf(resealed), NOW));
    }

    @Test
    void readsWhatALaterVersionStores() {
        String content = keys.contentOf(keys.only()).replace("{\"kid\"", "{\"newer\":1,\"kid\"");

        keys.use(new GatewayDocument(GatewayDocument.SIGNING_KEYS, 1, content, NOW));
        assertThat(keys.all()).hasSize(1);
    }

    @Test
    void needsNoKeyThatIsForgotten() {
        List<SigningKey> ofAnother = keys(2).only();
        var forgotten = ofAnother.getFirst().publishedUntil(NOW);

        use(List.of(keys.only().getFirst(), forgotten));
        assertThat(keys.all()).hasSize(1);
    }
}
