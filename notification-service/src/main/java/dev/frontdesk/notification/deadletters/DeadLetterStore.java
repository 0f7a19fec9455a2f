package dev.frontdesk.notification.deadletters;

import dev.frontdesk.kit.events.DeadLetterSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Moves dead letters to the table, because their topics do not keep them forever. */
@Configuration(proxyBeanMethods = false)
class DeadLetterStore {

    private static final String GROUP = "notification-dead-letters";

    @Bean
    DeadLetterSubscription keepDeadLetters(DeadLetters letters) {
        return new DeadLetterSubscription(GROUP, letters::add);
    }
}
