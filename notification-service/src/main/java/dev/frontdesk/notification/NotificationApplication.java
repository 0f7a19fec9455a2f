package dev.frontdesk.notification;

import dev.frontdesk.kit.events.EventSecrets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts notification-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NotificationApplication {

    public static void main(String[] args) {
        SpringApplication.run(NotificationApplication.class, args);
    }

    /** Opens the codes that registration-service sealed; FRONTDESK_EVENTS_KEY. */
    @Bean
    EventSecrets eventSecrets(
            @Value("${frontdesk.events.key}") String key, @Value("${FRONTDESK_EVENTS_ACCEPTEDKEY:}") String alsoOpens) {
        return new EventSecrets(key, alsoOpens);
    }
}
