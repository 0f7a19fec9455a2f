package dev.frontdesk.gateway.assertions;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The keys with which assertions are signed: published for applications, and rotated by operators. */
@RestController
final class SigningKeyController {

    private static final String ES256 = "ES256";

    private final SharedDocument document;
    private final SigningKeys keys;
    private final SigningProperties properties;

    SigningKeyController(SharedDocument signingKeysDocument, SigningKeys keys, SigningProperties properties) {
        this.document = signingKeysDocument;
        this.keys = keys;
        this.properties = properties;
    }

    /** JWK Set (RFC 7517, section 5). */
    record Published(List<Map<String, Object>> keys) {}

    /** The part of OpenID Connect Discovery 1.0 and RFC 8414 that there is to say: who signs, and where the keys are. */
    record Discovery(
            String issuer,
            String jwksUri,
            List<String> idTokenSigningAlgValuesSupported,
            List<String> subjectTypesSupported,
            List<String> responseTypesSupported) {}

    /** @param signing whether it signs at present */
    record Key(
            String kid,
            Instant createdAt,
            Instant signsSince,
            @Nullable Instant publishedUntil,
            boolean signing) {}

    record Keys(List<Key> keys) {}

    /** @param compromised others may have the key that signs at present: it is not published any more, from now on */
    record Rotation(@Nullable Boolean compromised) {}

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Published> published() {
        if (keys.all().isEmpty()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The keys are not known yet. Try again shortly.")
                    .retryAfter(Duration.ofSeconds(2));
        }
        return cached(new Published(keys.published()));
    }

    /** The same whatever Host a request has: an application must not take another address for the issuer. */
    @GetMapping("/.well-known/openid-configuration")
    ResponseEntity<Discovery> discovery() {
        String issuer = properties.issuer().toString();
        return cached(new Discovery(
                issuer, issuer + "/.well-known/jwks.json", List.of(ES256), List.of("public"), List.of("none")));
    }

    /** A new key must have been read by all before it signs. */
    private <T> ResponseEntity<T> cached(T body) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(properties.publishedBefore().dividedBy(5))
                        .cachePublic())
                .body(body);
    }

    @GetMapping("/api/v1/admin/signing-keys")
    Mono<Keys> list(Caller.Operator operator) {
        return document.current().map(this::shown);
    }

    /** Answers with the new state. A repeated request gets 409 while the rotation goes on. */
    @PostMapping("/api/v1/admin/signing-keys/rotate")
    Mono<Keys> rotate(@RequestBody Rotation rotation, Caller.Operator operator) {
        boolean compromised = Boolean.TRUE.equals(rotation.compromised());
        return document.current()
                .flatMap(current -> document.replace(
                        current.version(),
                        keys.contentOf(compromised ? keys.only() : keys.rotated(keys.keysIn(current)))))
                .map(this::shown);
    }

    private Keys shown(GatewayDocument stored) {
        SigningKeys.Signing signing = keys.current();
        return new Keys(keys.keysIn(stored).stream()
                .map(key -> new Key(
                        key.kid(),
                        key.createdAt(),
                        key.signsFrom(),
                        key.publishedUntil(),
                        signing != null && signing.kid().equals(key.kid())))
                .toList());
    }
}
