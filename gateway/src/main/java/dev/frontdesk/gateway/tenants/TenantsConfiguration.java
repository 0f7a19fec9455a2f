package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of the tenants together. */
@Configuration(proxyBeanMethods = false)
class TenantsConfiguration {

    /** A page of tenants with as many origins as they may have. */
    private static final int LARGEST_PAGE = 16 * 1024 * 1024;

    @Bean
    KnownTenants knownTenants(OpenStreams streams) {
        return new KnownTenants(streams);
    }

    @Bean
    TenantLoader tenantLoader(
            WebClient.Builder http,
            Services services,
            IdentityAssertions assertions,
            ReactiveStringRedisTemplate redis,
            KeySpace keys,
            JsonMapper json,
            KnownTenants known) {
        JsonMapper lenient = lenient(json);
        WebClient registrationService = http.baseUrl(services.registration().toString())
                .codecs(codecs -> {
                    codecs.defaultCodecs().maxInMemorySize(LARGEST_PAGE);
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(lenient));
                })
                .build();
        return new TenantLoader(
                new TenantDirectory(registrationService, assertions), new TenantCopy(redis, keys, lenient), known);
    }

    @Bean
    TenantsAtStart tenantsAtStart(TenantLoader loader) {
        return new TenantsAtStart(loader, Duration.ofSeconds(10));
    }

    @Bean
    TenantChanges tenantChanges(
            PubSubConnection redis, KeySpace keys, KnownTenants known, TenantLoader loader, JsonMapper json) {
        return new TenantChanges(redis, keys, known, loader, lenient(json));
    }

    @Bean
    EventSubscription tenantSubscription(TenantChanges changes) {
        return EventSubscription.broadcast("gateway.tenants", List.of(Topics.TENANT_EVENTS), changes::hear);
    }

    /** Ignores unknown fields, because a newer registration-service is deployed first and may send more. */
    private static JsonMapper lenient(JsonMapper json) {
        return json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
