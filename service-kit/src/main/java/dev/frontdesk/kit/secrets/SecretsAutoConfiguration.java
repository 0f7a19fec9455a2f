package dev.frontdesk.kit.secrets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** {@link SealedSecrets} for services that have FRONTDESK_EVENTS_KEY. */
@AutoConfiguration
@ConditionalOnProperty("frontdesk.events.key")
public class SecretsAutoConfiguration {

    @Bean
    SealedSecrets sealedSecrets(
            @Value("${frontdesk.events.key}") String key, @Value("${FRONTDESK_EVENTS_ACCEPTEDKEY:}") String alsoOpens) {
        return new SealedSecrets(key, alsoOpens);
    }
}
