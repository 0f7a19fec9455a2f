package dev.frontdesk.notification.deadletters;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param retention how long a dead letter is kept */
@ConfigurationProperties("frontdesk.notification.dead-letters")
record DeadLetterProperties(@DefaultValue("30d") Duration retention) {

    DeadLetterProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("frontdesk.notification.dead-letters: retention must be positive");
        }
    }
}
