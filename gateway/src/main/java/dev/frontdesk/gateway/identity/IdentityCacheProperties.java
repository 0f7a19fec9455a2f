package dev.frontdesk.gateway.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway caches session-service's answers.
 *
 * @param knownFor at most 30 s: if the event of a revocation is lost, the revocation takes that long
 * @param refusedFor the same for a token that was refused
 * @param size maximum number of cached answers, a few hundred bytes each
 * @param answerWithin how long session-service may take
 */
@ConfigurationProperties("frontdesk.gateway.identity")
record IdentityCacheProperties(
        @DefaultValue("30s") Duration knownFor,
        @DefaultValue("2s") Duration refusedFor,
        @DefaultValue("100000") int size,
        @DefaultValue("2s") Duration answerWithin) {

    private static final Duration STATED_MAXIMUM = Duration.ofSeconds(30);

    IdentityCacheProperties {
        if (knownFor.isNegative() || knownFor.compareTo(STATED_MAXIMUM) > 0) {
            throw new IllegalArgumentException("frontdesk.gateway.identity.known-for must be 0 to 30 s");
        }
        if (refusedFor.isNegative() || refusedFor.compareTo(STATED_MAXIMUM) > 0) {
            throw new IllegalArgumentException("frontdesk.gateway.identity.refused-for must be 0 to 30 s");
        }
        if (size < 1) {
            throw new IllegalArgumentException("frontdesk.gateway.identity.size must be at least 1");
        }
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.identity.answer-within must be positive");
        }
    }
}
