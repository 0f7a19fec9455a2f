package dev.frontdesk.gateway.assertions;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How assertions for applications are signed.
 *
 * @param key FRONTDESK_SIGNING_KEY: base64 of 32 random bytes, held by gateways only; encrypts the private keys where they are
 *     stored
 * @param acceptedKey FRONTDESK_SIGNING_ACCEPTEDKEY: the other one while it is changed; null otherwise
 * @param issuer the URL of the gateway as applications reach it, without a slash at the end
 * @param publishedBefore how long a new key is published before it signs, so that applications that store the published keys
 *     know it by then, and all other gateways; at least a second
 * @param publishedAfter how long the former key stays published when the new one signs; at least as long as an assertion lives
 */
@ConfigurationProperties("frontdesk.signing")
record SigningProperties(
        String key,
        @Nullable String acceptedKey,
        @DefaultValue(DEFAULT_ISSUER) URI issuer,
        @DefaultValue("5m") Duration publishedBefore,
        @DefaultValue("5m") Duration publishedAfter) {

    static final String DEFAULT_ISSUER = "http://localhost:8080";

    /** The other gateways learn of a new key in that time, and publish it. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    SigningProperties {
        if (!issuer.isAbsolute()
                || issuer.getHost() == null
                || issuer.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "FRONTDESK_SIGNING_ISSUER must be the URL of the gateway, without a slash at the end");
        }
        if (publishedBefore.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "frontdesk.signing.published-before must be at least 1 s, so that all gateways publish a new key before it signs");
        }
        if (publishedAfter.compareTo(SigningKeys.LIFETIME) < 0) {
            throw new IllegalArgumentException("frontdesk.signing.published-after must be at least "
                    + SigningKeys.LIFETIME.toSeconds() + " s, the life of an assertion");
        }
    }

    @Override
    public String toString() {
        return "SigningProperties[key=***, issuer=" + issuer + "]";
    }
}
