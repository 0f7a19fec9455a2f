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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The keys of all gateways, in memory, and what a rotation makes of them. */
final class SigningKeys {

    /** Of an assertion. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    private final SealedSecrets secrets;
    private final SigningProperties properties;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<String, JWSSigner> signers = new ConcurrentHashMap<>();
    private volatile List<SigningKey> keys = List.of();

    SigningKeys(SealedSecrets secrets, SigningProperties properties, JsonMapper json, Clock clock) {
        this.secrets = secrets;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /** The content of the document. */
    record Content(List<SigningKey> keys) {}

    /** A key that can sign. */
    record Signing(String kid, JWSSigner signer) {}

    /** @throws RuntimeException if it can't be read, or was encrypted with another FRONTDESK_SIGNING_KEY */
    void use(GatewayDocument document) {
        List<SigningKey> read = keysIn(document);
        read.forEach(key -> signers.computeIfAbsent(key.kid(), _ -> signerOf(key)));
        keys = read;
        signers.keySet().retainAll(read.stream().map(SigningKey::kid).toList());
    }

    List<SigningKey> keysIn(GatewayDocument document) {
        return document.version() == 0
                ? List.of()
                : json.readValue(document.content(), Content.class).keys();
    }

    String contentOf(List<SigningKey> all) {
        return json.writeValueAsString(new Content(all));
    }

    /** The latest key that signs by now; null if there is none. */
    @Nullable Signing current() {
        Instant now = clock.instant();
        SigningKey latest = null;
        for (SigningKey key : keys) {
            if (key.signs(now) && (latest == null || key.signsFrom().isAfter(latest.signsFrom()))) {
                latest = key;
            }
        }
        JWSSigner signer = latest == null ? null : signers.get(latest.kid());
        return latest == null || signer == null ? null : new Signing(latest.kid(), signer);
    }

    List<SigningKey> all() {
        return keys;
    }

    /** Those with which applications check assertions. */
    List<Map<String, Object>> published() {
        Instant now = clock.instant();
        return keys.stream()
                .filter(key -> key.isPublished(now))
                .map(SigningKey::publicKey)
                .toList();
    }

    /** The first key signs at once: no application knows another one. */
    List<SigningKey> first() {
        Instant now = clock.instant();
        return List.of(generate(now, now));
    }

    /**
     * Adds a key that signs after some time, and lets the others be forgotten some time later.
     *
     * @throws ProblemException 409 while the last new key does not sign yet
     */
    List<SigningKey> rotated(List<SigningKey> former) {
        Instant now = clock.instant();
        if (former.stream()
                .anyMatch(key -> key.publishedUntil() == null && key.signsFrom().isAfter(now))) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The last rotation is still going on: its key does not sign yet.");
        }
        Instant begins = now.plus(properties.publishedBefore());
        Instant ends = begins.plus(properties.publishedAfter());
        return with(generate(now, begins), former, now, ends);
    }

    /** For a key that others may have: a new one signs at once, and the others are not published any more. */
    List<SigningKey> replaced() {
        Instant now = clock.instant();
        return List.of(generate(now, now));
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
                    key.getKeyID(),
                    key.toPublicJWK().toJSONObject(),
                    secrets.seal(key.toJSONString(), purposeOf(key.getKeyID())),
                    now,
                    signsFrom,
                    null);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("P-256 is not available", impossible);
        }
    }

    private JWSSigner signerOf(SigningKey key) {
        try {
            return new ECDSASigner(ECKey.parse(secrets.open(key.sealedKey(), purposeOf(key.kid()))));
        } catch (ParseException | JOSEException wrong) {
            throw new IllegalArgumentException("The signing key " + key.kid() + " is not a P-256 key", wrong);
        }
    }

    private static String purposeOf(String kid) {
        return "signing-key:" + kid;
    }
}
