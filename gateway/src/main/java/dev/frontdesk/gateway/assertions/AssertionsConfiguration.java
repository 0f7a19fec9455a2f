package dev.frontdesk.gateway.assertions;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.gateway.documents.SharedDocuments;
import dev.frontdesk.kit.secrets.SealedSecrets;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of the assertions together. */
@Configuration(proxyBeanMethods = false)
class AssertionsConfiguration {

    @Bean
    SigningKeys signingKeys(SigningProperties properties, JsonMapper json, Clock clock) {
        var secrets = SealedSecrets.with(
                "FRONTDESK_SIGNING_KEY",
                properties.key(),
                "FRONTDESK_SIGNING_ACCEPTEDKEY",
                Objects.requireNonNullElse(properties.acceptedKey(), ""));
        return new SigningKeys(secrets, properties, json, clock);
    }

    @Bean
    SharedDocument signingKeysDocument(SharedDocuments documents, SigningKeys keys) {
        return documents.named(GatewayDocument.SIGNING_KEYS, keys::use);
    }

    @Bean
    SigningKeyUpkeep signingKeyUpkeep(SharedDocument signingKeysDocument, SigningKeys keys) {
        return new SigningKeyUpkeep(signingKeysDocument, keys);
    }

    @Bean
    ApplicationAssertions applicationAssertions(SigningKeys keys, SigningProperties properties, Clock clock) {
        return new ApplicationAssertions(keys, properties.issuer().toString(), clock, Ticker.systemTicker());
    }
}
