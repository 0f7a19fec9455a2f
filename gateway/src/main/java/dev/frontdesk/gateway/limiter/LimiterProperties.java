package dev.frontdesk.gateway.limiter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param answerWithin how long Redis may take before the gateway decides by itself */
@ConfigurationProperties("frontdesk.gateway.limits")
record LimiterProperties(@DefaultValue("40ms") Duration answerWithin) {

    LimiterProperties {
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.limits.answer-within must be positive");
        }
    }
}
