package dev.frontdesk.gateway.apikeys;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of the API keys together. */
@Configuration(proxyBeanMethods = false)
class ApiKeysConfiguration {

    @Bean
    ApiKeyLookups apiKeyLookups(
            WebClient.Builder http,
            JsonMapper json,
            Services services,
            IdentityAssertions assertions,
            Breakers breakers,
            ReactiveStringRedisTemplate redis,
            KeySpace keys) {
        return new ApiKeyLookups(
                registrationService(http, json, services), assertions, breakers.named("api-keys"), redis, keys);
    }

    @Bean
    CachedApiKeys cachedApiKeys(ApiKeyLookups lookups) {
        return new CachedApiKeys(lookups::find, lookups::copy, Ticker.systemTicker());
    }

    @Bean
    ApiKeyUseReports apiKeyUseReports(ApiKeyLookups lookups) {
        return new ApiKeyUseReports(lookups);
    }

    @Bean
    ApiKeys apiKeys(CachedApiKeys keys, ApiKeyUseReports uses, Clock clock) {
        return new ApiKeys(keys, uses, clock);
    }

    @Bean
    ApiKeyChanges apiKeyChanges(PubSubConnection redis, KeySpace keys, CachedApiKeys cached, OpenStreams streams) {
        return new ApiKeyChanges(redis, keys, cached, streams);
    }

    @Bean
    EventSubscription apiKeySubscription(ApiKeyChanges changes) {
        return EventSubscription.broadcast("gateway.api-keys", List.of(Topics.API_KEY_EVENTS), changes::hear);
    }

    /** Ignores unknown fields, because a newer registration-service is deployed first and may send more. */
    private static WebClient registrationService(WebClient.Builder http, JsonMapper json, Services services) {
        JsonMapper lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return http.baseUrl(services.registration().toString())
                .codecs(codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(lenient)))
                .build();
    }
}
