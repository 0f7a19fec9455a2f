package dev.frontdesk.gateway.assertions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.web.ProblemException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The keys of all gateways, in memory, and what a rotation makes of them. */
final class SigningKeys {

    /** Of an assertion. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    private final SealedSecrets secrets;
    private final SigningProperties properties;
    private final JsonMapper json;
    private final Clock clock;
    private volatile List<Loaded> keys = List.of();

    SigningKeys(SealedSecrets secrets, SigningProperties properties, JsonMapper json, Clock clock) {
        this.secrets = secrets;
        this.properties = properties;
        // A later version may store more about a key.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
    }

    /** The content of the document. */
    record Content(List<SigningKey> keys) {}

    /** A key that can sign. */
    record Signing(String kid, JWSSigner signer) {}

    /** @param publicKey as the private key says: what is stored beside it could be another one */
    private record Loaded(SigningKey key, Signing signing, Map<String, Object> publicKey) {}

    /** @throws RuntimeException if it can't be read, or if a key was encrypted with another FRONTDESK_SIGNING_KEY */
    void use(GatewayDocument document) {
        keys = opened(document, clock.instant());
    }

    /** Whether {@link #use} can read all keys, and there is one. */
    boolean canUse(GatewayDocument document) {
        try {
            return !opened(document, clock.instant()).isEmpty();
        } catch (RuntimeException unusable) {
            return false;
        }
    }

    private List<Loaded> opened(GatewayDocument document, Instant now) {
        return keysIn(document).stream()
                .filter(key -> key.isPublished(now))
                .map(this::load)
                .toList();
    }

    List<SigningKey> keysIn(GatewayDocument document) {
        return document.content().isEmpty()
                ? List.of()
                : json.readValue(document.content(), Content.class).keys();
    }

    String contentOf(List<SigningKey> all) {
        return json.writeValueAsString(new Content(all));
    }

    /** The latest key that signs by now; null if there is none. */
    @Nullable Signing current() {
        Instant now = clock.instant();
        for (Loaded loaded : keys) {
            if (loaded.key().signs(now)) {
                return loaded.signing();
            }
        }
        return null;
    }

    /** The latest first. */
    List<SigningKey> all() {
        return keys.stream().map(Loaded::key).toList();
    }

    /** Those with which applications check assertions. */
    List<Map<String, Object>> published() {
        Instant now = clock.instant();
        return keys.stream()
                .filter(loaded -> loaded.key().isPublished(now))
                .map(Loaded::publicKey)
                .toList();
    }

    /** The keys, encrypted with the present key where another one encrypted them; empty if there is nothing to change. */
    Optional<List<SigningKey>> resealed(List<SigningKey> all) {
        List<SigningKey> resealed = all.stream()
                .map(key -> secrets.resealed(key.sealedKey(), purposeOf(key.kid()))
                        .map(key::sealedAs)
                        .orElse(key))
                .toList();
        return resealed.equals(all) ? Optional.empty() : Optional.of(resealed);
    }

    /**
     * The only key, which signs at once, also at a gateway whose clock is behind: the first one, or one in the place of a key
     * that others may have, which is not published any more from now on.
     */
    List<SigningKey> only() {
        return List.of(generate(clock.instant(), Instant.EPOCH));
    }

    /**
     * Adds a key that signs after some time, and lets the others be forgotten some time later. At once if none signs yet.
     *
     * @throws ProblemException 409 while the last new key does not sign yet
     */
    List<SigningKey> rotated(List<SigningKey> former) {
        Instant now = clock.instant();
        if (former.stream().noneMatch(key -> key.isPublished(now))) {
            return only();
        }
        if (former.stream()
                .anyMatch(key -> key.publishedUntil() == null && key.signsFrom().isAfter(now))) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The last rotation is still going on: its key does not sign yet.");
        }
        Instant begins = now.plus(properties.publishedBefore());
        Instant ends = begins.plus(properties.publishedAfter());
        return with(generate(now, begins), former, now, ends);
    }

    private static List<SigningKey> with(SigningKey added, List<SigningKey> former, Instant now, Instant ends) {
        var all = new ArrayList<SigningKey>();
        all.add(added);
        former.stream()
                .filter(key -> key.isPublished(now))
                .map(key -> key.publishedUntil() == null ? key.publishedUntil(ends) : key)
                .forEach(all::add);
        return all;
    }

    private SigningKey generate(Instant now, Instant signsFrom) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
            return new SigningKey(
                    key.getKeyID(), secrets.seal(key.toJSONString(), purposeOf(key.getKeyID())), now, signsFrom, null);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("P-256 is not available", impossible);
        }
    }

    private Loaded load(SigningKey key) {
        try {
            ECKey opened = ECKey.parse(secrets.open(key.sealedKey(), purposeOf(key.kid())));
            return new Loaded(
                    key,
                    new Signing(key.kid(), new ECDSASigner(opened)),
                    opened.toPublicJWK().toJSONObject());
        } catch (ParseException | JOSEException wrong) {
            throw new IllegalArgumentException("The signing key " + key.kid() + " is not a P-256 key", wrong);
        }
    }

    private static String purposeOf(String kid) {
        return "signing-key:" + kid;
    }
}
