package dev.frontdesk.kit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies the identity assertion that the gateway and the services send with each request: a compact JWS
 * (RFC 7515, HS256) that expires after 30 seconds.
 */
public final class IdentityAssertions {

    static final Duration LIFETIME = Duration.ofSeconds(30);

    /** Maximum difference between the clocks of two machines. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final JOSEObjectType TYPE = new JOSEObjectType("frontdesk-identity+jwt");
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build();

    private final MACSigner signer;
    private final List<MACVerifier> verifiers;
    private final Clock clock;

    public IdentityAssertions(SecretKey key, Clock clock) {
        this(List.of(key), clock);
    }

    /** @param keys the first key signs; each key verifies, so a key can be changed without downtime */
    public IdentityAssertions(List<SecretKey> keys, Clock clock) {
        try {
            this.signer = new MACSigner(keys.getFirst());
            var believed = new ArrayList<MACVerifier>();
            for (SecretKey key : keys) {
                believed.add(new MACVerifier(key));
            }
            this.verifiers = List.copyOf(believed);
        } catch (JOSEException weakKey) {
            throw new IllegalArgumentException("The identity key is too short", weakKey);
        }
        this.clock = clock;
    }

    /**
     * The content of an assertion.
     *
     * @param clientAddress IPv4 or IPv6 address; null when the signer did not know it
     */
    public record Asserted(Caller caller, @Nullable String clientAddress) {}

    public String sign(Caller caller) {
        return sign(caller, null);
    }

    /** @param clientAddress the client's address, if known */
    public String sign(Caller caller, @Nullable String clientAddress) {
        var claims = new JWTClaimsSet.Builder()
                .claim("tenant", caller.tenant().value())
                .expirationTime(Date.from(clock.instant().plus(LIFETIME)));
        switch (caller) {
            case Caller.Anonymous _ -> claims.claim("kind", "anonymous");
            case Caller.Operator _ -> claims.claim("kind", "operator");
            case Caller.Service service -> claims.claim("kind", "service").subject(service.name());
            case Caller.Account account ->
                // A service of before there were keys must refuse what it would take for the session alone.
                claims.claim("kind", account.key() == null ? "account" : "account-with-key")
                        .subject(account.accountId().toString())
                        .claim("sid", account.sessionId().toString())
                        .claim("roles", List.copyOf(account.roles()));
            case Caller.ApiKey _ -> claims.claim("kind", "api-key");
        }
        Caller.ApiKey key = caller.apiKey();
        if (key != null) {
            claims.claim("key", key.id().toString())
                    .claim("scopes", key.scopes().texts());
        }
        if (clientAddress != null) {
            claims.claim("ip", clientAddress);
        }
        var jwt = new SignedJWT(HEADER, claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("HS256 is not available", impossible);
        }
        return jwt.serialize();
    }

    /** Empty when the assertion is forged, expired, of another type, or not one at all. */
    public Optional<Caller> verify(String assertion) {
        return read(assertion).map(Asserted::caller);
    }

    /** Like {@link #verify}, but returns the whole content. */
    public Optional<Asserted> read(String assertion) {
        return check(assertion).map(Verified::asserted);
    }

    /** An assertion whose signature is right. */
    record Verified(Asserted asserted, Instant expiry) {}

    /** Like {@link #read}, with the time until which the content may be used. */
    Optional<Verified> check(String assertion) {
        try {
            var jwt = SignedJWT.parse(assertion);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !TYPE.equals(jwt.getHeader().getType())
                    || !isSigned(jwt)) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            Date expiry = claims.getExpirationTime();
            return expiry == null || !isCurrent(expiry.toInstant())
                    ? Optional.empty()
                    : Optional.of(new Verified(
                            new Asserted(callerIn(claims), claims.getStringClaim("ip")), expiry.toInstant()));
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private boolean isSigned(SignedJWT jwt) throws JOSEException {
        for (MACVerifier verifier : verifiers) {
            if (jwt.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an assertion that expires then may be used now. */
    boolean isCurrent(Instant expiry) {
        Instant now = clock.instant();
        return !now.minus(SKEW).isAfter(expiry)
                && !now.plus(LIFETIME).plus(SKEW).isBefore(expiry);
    }

    private static Caller callerIn(JWTClaimsSet claims) throws ParseException {
        var tenant = new TenantId(text(claims, "tenant"));
        return switch (text(claims, "kind")) {
            case "anonymous" -> new Caller.Anonymous(tenant);
            case "operator" -> new Caller.Operator(tenant);
            case "service" -> new Caller.Service(tenant, text(claims, "sub"));
            case "account", "account-with-key" ->
                new Caller.Account(
                        tenant,
                        UUID.fromString(text(claims, "sub")),
                        UUID.fromString(text(claims, "sid")),
                        texts(claims, "roles"),
                        claims.getClaim("key") == null ? null : keyIn(claims, tenant));
            case "api-key" -> keyIn(claims, tenant);
            default -> throw new IllegalArgumentException("Unknown kind of caller");
        };
    }

    private static Caller.ApiKey keyIn(JWTClaimsSet claims, TenantId tenant) throws ParseException {
        return new Caller.ApiKey(tenant, UUID.fromString(text(claims, "key")), Scopes.known(texts(claims, "scopes")));
    }

    private static Set<String> texts(JWTClaimsSet claims, String name) throws ParseException {
        List<String> texts = claims.getStringListClaim(name);
        if (texts == null || texts.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("No " + name);
        }
        return Set.copyOf(texts);
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        String value = claims.getStringClaim(name);
        if (value == null) {
            throw new IllegalArgumentException("No " + name);
        }
        return value;
    }
}
