package dev.frontdesk.notification.deadletters;

import dev.frontdesk.kit.events.DeadLetterSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Moves dead letters from their topics, which forget, to the table. */
@Configuration(proxyBeanMethods = false)
class DeadLetterStore {

    private static final String GROUP = "notification-dead-letters";

    @Bean
    DeadLetterSubscription keepDeadLetters(DeadLetters letters) {
        return new DeadLetterSubscription(GROUP, letters::add);
    }
}
