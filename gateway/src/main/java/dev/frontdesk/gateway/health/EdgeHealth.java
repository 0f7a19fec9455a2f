package dev.frontdesk.gateway.health;

import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.kit.health.HealthAutoConfiguration;
import dev.frontdesk.kit.health.RedisHealth;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of health together. */
@Configuration(proxyBeanMethods = false)
class EdgeHealth {

    @Bean
    HealthPoller healthPoller(
            RedisHealth redis,
            Services services,
            WebClient.Builder http,
            JsonMapper json,
            IdentityAssertions assertions,
            HealthProperties properties,
            Clock clock,
            List<SharedDocument> documents) {
        var all = Map.of(
                HealthSnapshot.REGISTRATION,
                services.registration(),
                HealthSnapshot.SESSION,
                services.session(),
                "notification-service",
                services.notification(),
                "cache-service",
                services.cache());
        return new HealthPoller(
                redis, () -> stateOf(documents), all, client(http, json), assertions, properties, clock);
    }

    private static Map<String, Boolean> stateOf(List<SharedDocument> documents) {
        return documents.stream()
                .collect(
                        Collectors.toMap(SharedDocument::name, it -> it.isKnown() && !it.isOutdated() && !it.isLost()));
    }

    @Bean
    HealthGatewayFilterFactory health(
            HealthPoller healthPoller,
            HealthProperties properties,
            ObjectProvider<BuildProperties> build,
            JsonMapper json,
            Clock clock) {
        return new HealthGatewayFilterFactory(
                healthPoller, properties, HealthAutoConfiguration.versionIn(build), json, clock);
    }

    /**
     * Ignores unknown fields, because a newer service may send more.
     */
    private static WebClient client(WebClient.Builder http, JsonMapper json) {
        JsonMapper lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return http.codecs(codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(lenient)))
                .build();
    }
}
