package dev.frontdesk.gateway.assertions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.Problems;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells an application who calls: a compact JWS (RFC 7515, ES256) with claims of RFC 7519 and RFC 9068. It is for one
 * application, expires after 30 seconds, and says nothing that the application could use elsewhere.
 *
 * <p>A signature takes longer than all else that the gateway does for a request, so an assertion is used again for the same
 * caller and application for part of its life.
 */
public final class ApplicationAssertions {

    /** The application and its clock have the rest. */
    static final Duration REUSED = Duration.ofSeconds(15);

    /** About 900 bytes each. */
    private static final int MOST = 50_000;

    private static final AsciiString ASSERTION = AsciiString.cached(Headers.ASSERTION);

    private final SigningKeys keys;
    private final String issuer;
    private final Clock clock;
    private final Cache<Content, AsciiString> signed;

    ApplicationAssertions(SigningKeys keys, String issuer, Clock clock, Ticker ticker) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
        this.signed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REUSED)
                .ticker(ticker)
                .executor(Runnable::run)
                .scheduler(Scheduler.systemScheduler())
                .build();
    }

    /** @param kid of the key that signs at present: an assertion of a former key is not used again */
    private record Content(Caller caller, @Nullable Instant authenticatedAt, String audience, String kid) {}

    /** @throws dev.frontdesk.kit.web.ProblemException 503 while there is no key */
    public void addTo(HttpHeaders sent, Identity.Known known, String audience) {
        sent.set(ASSERTION, of(known, audience));
    }

    /** @throws dev.frontdesk.kit.web.ProblemException 503 while there is no key */
    public CharSequence of(Identity.Known known, String audience) {
        SigningKeys.Signing key = keys.current();
        if (key == null) {
            throw Problems.unavailable();
        }
        var content = new Content(known.caller(), known.authenticatedAt(), audience, key.kid());
        return signed.get(content, it -> sign(it, key));
    }

    private AsciiString sign(Content content, SigningKeys.Signing key) {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.kid())
                        .build(),
                claimsOf(content));
        try {
            jwt.sign(key.signer());
        } catch (JOSEException impossible) {
            throw new IllegalStateException("ES256 is not available", impossible);
        }
        return new AsciiString(jwt.serialize());
    }

    private JWTClaimsSet claimsOf(Content content) {
        Instant now = clock.instant();
        Caller caller = content.caller();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(content.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(SigningKeys.LIFETIME)))
                .claim("tenant", caller.tenant().value());
        switch (caller) {
            case Caller.Account account ->
                claims.claim("kind", "account")
                        .subject(account.accountId().toString())
                        .claim("sid", account.sessionId().toString())
                        .claim("roles", List.copyOf(account.roles()));
            case Caller.ApiKey key ->
                claims.claim("kind", "api_key").subject(key.id().toString());
            case Caller.Operator _ -> claims.claim("kind", "operator");
            case Caller.Anonymous _, Caller.Service _ -> claims.claim("kind", "anonymous");
        }
        Caller.ApiKey key = caller.apiKey();
        if (key != null) {
            claims.claim("client_id", key.id().toString())
                    .claim("scope", String.join(" ", key.scopes().texts()));
        }
        if (content.authenticatedAt() != null) {
            claims.claim("auth_time", content.authenticatedAt().getEpochSecond());
        }
        return claims.build();
    }
}
