package dev.frontdesk.sample;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.UnauthorizedResponse;
import java.net.URL;
import java.text.ParseException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the assertion with which the gateway says who calls. Nothing else in a request says that. */
final class Assertions {

    /** The gateway removes what a client sends in this header. */
    static final String HEADER = "X-Frontdesk-Assertion";

    private static final int TIMEOUT_MS = 2000;
    private static final int KEYS_LIVE_MS = 60_000;
    private static final int READ_AGAIN_WITHIN_MS = 10_000;

    /** An assertion lives for 30 seconds only: the default, a minute, would triple that. */
    private static final int CLOCK_SKEW_SECONDS = 5;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param keys where the gateway publishes its keys. They are stored for a minute, and read again for an unknown one
     * @param audience of the route
     * @param tenant whose shop this is; an application of many tenants puts the claim into each of its queries
     */
    Assertions(URL keys, String issuer, String audience, String tenant) {
        var source = JWKSourceBuilder.create(keys, new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS))
                .cache(KEYS_LIVE_MS, READ_AGAIN_WITHIN_MS)
                .retrying(true)
                .build();
        // Whatever algorithm the assertion names: "none", or HMAC with the public key, would be accepted otherwise.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, source));
        var exact = new JWTClaimsSet.Builder().issuer(issuer).claim("tenant", tenant);
        var claims = new DefaultJWTClaimsVerifier<>(audience, exact.build(), Set.of("exp", "iat", "kind"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** @param subject id of the account or API key; null for operators and anonymous callers */
    record Caller(String kind, @Nullable String subject) {

        String name() {
            return subject == null ? kind : kind + " " + subject;
        }
    }

    /** Refuses with 401 what is not from the gateway, for this shop, now; and all with 503 while the keys can't be read. */
    Caller verify(@Nullable String assertion) {
        try {
            JWTClaimsSet claims = processor.process(Objects.requireNonNullElse(assertion, ""), null);
            return new Caller(claims.getStringClaim("kind"), claims.getSubject());
        } catch (JWKSetUnavailableException away) {
            throw new ServiceUnavailableResponse("The gateway's keys can't be read.");
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            throw new UnauthorizedResponse("The assertion is not valid.");
        }
    }
}
