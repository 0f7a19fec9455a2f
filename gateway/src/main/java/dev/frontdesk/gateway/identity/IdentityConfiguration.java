package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.apikeys.ApiKeys;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.gateway.tenants.KnownTenants;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of identity together. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    Revocations revocations(IdentityCacheProperties properties, CacheInvalidations cacheInvalidations) {
        return new Revocations(properties, Ticker.systemTicker(), cacheInvalidations);
    }

    @Bean
    CacheInvalidations cacheInvalidations(IdentityCacheProperties properties) {
        return new CacheInvalidations(properties, Ticker.systemTicker());
    }

    @Bean
    SessionEventListener sessionEventListener(
            Revocations revocations, CacheInvalidations cacheInvalidations, OpenStreams streams) {
        return new SessionEventListener(revocations, cacheInvalidations, streams);
    }

    @Bean
    EventSubscription revocationSubscription(SessionEventListener news) {
        return EventSubscription.broadcast("gateway.revocations", List.of(Topics.SESSION_EVENTS), news::hear);
    }

    @Bean
    CachedSessions cachedSessions(
            WebClient.Builder http,
            JsonMapper json,
            Services services,
            IdentityAssertions assertions,
            Breakers breakers,
            IdentityCacheProperties properties,
            CacheInvalidations cacheInvalidations,
            Clock clock) {
        var introspected = new IntrospectedSessions(
                sessionService(http, json, services),
                assertions,
                breakers.named("introspection"),
                properties.answerWithin(),
                Ticker.systemTicker());
        return new CachedSessions(introspected, properties, cacheInvalidations, clock, Ticker.systemTicker());
    }

    @Bean
    SameOriginCheck ownPages(BrowserProperties properties, KnownTenants tenants) {
        return new SameOriginCheck(properties, tenants::anyAllowsOrigin);
    }

    @Bean
    UnrevokedSessions unrevokedSessions(CachedSessions sessions, Revocations revocations) {
        return new UnrevokedSessions(sessions, revocations);
    }

    @Bean
    ActiveTokens activeTokens(UnrevokedSessions sessions, ApiKeys apiKeys) {
        return new ActiveTokens(sessions, apiKeys);
    }

    @Bean
    Callers callers(
            UnrevokedSessions sessions,
            ApiKeys apiKeys,
            OperatorKey operatorKey,
            KnownTenants tenants,
            SameOriginCheck sameOriginCheck,
            RefusedClients refused) {
        return new Callers(sessions, apiKeys::find, operatorKey, tenants::check, sameOriginCheck, refused::check);
    }

    @Bean
    CallerHeaders callerHeaders(
            IdentityAssertions assertions, ClientAddresses addresses, SameOriginCheck sameOriginCheck) {
        return new CallerHeaders(assertions, addresses, new SessionCalls(sameOriginCheck), Ticker.systemTicker());
    }

    @Bean
    ForgetSessionGatewayFilterFactory forgetSession(CachedSessions sessions) {
        return new ForgetSessionGatewayFilterFactory(sessions);
    }

    /** Ignores unknown fields, because a newer session-service is deployed first and may send more. */
    private static WebClient sessionService(WebClient.Builder http, JsonMapper json, Services services) {
        JsonMapper lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return http.baseUrl(services.session().toString())
                .codecs(codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(lenient)))
                .build();
    }
}
