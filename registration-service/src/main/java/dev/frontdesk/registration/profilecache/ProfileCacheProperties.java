package dev.frontdesk.registration.profilecache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ttl how long a profile is cached
 * @param mark how long a change of a profile is remembered; longer than a look-up may take
 * @param answerWithin how long Redis may take before PostgreSQL is asked instead
 * @param pause how long Redis is not asked after it did not answer
 */
@ConfigurationProperties("frontdesk.registration.profile-cache")
record ProfileCacheProperties(
        @DefaultValue("10m") Duration ttl,
        @DefaultValue("1m") Duration mark,
        @DefaultValue("100ms") Duration answerWithin,
        @DefaultValue("1s") Duration pause) {

    ProfileCacheProperties {
        if (!ttl.isPositive() || !mark.isPositive() || !answerWithin.isPositive() || pause.isNegative()) {
            throw new IllegalArgumentException("frontdesk.registration.profile-cache: times must be positive");
        }
    }
}
