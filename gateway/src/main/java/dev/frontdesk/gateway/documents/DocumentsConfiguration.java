package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of the documents together. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration {

    /** A document of the largest size, as a text in JSON. */
    private static final int LARGEST = 8 * 1024 * 1024;

    /** Documents that were read and wait for the one thread that checks them. */
    private static final int MOST_WAITING = 1000;

    @Bean
    SharedDocuments sharedDocuments(
            WebClient.Builder http,
            Services services,
            IdentityAssertions assertions,
            ReactiveStringRedisTemplate redis,
            KeySpace keys,
            JsonMapper json) {
        JsonMapper lenient = lenient(json);
        WebClient registrationService = http.baseUrl(services.registration().toString())
                .codecs(codecs -> {
                    codecs.defaultCodecs().maxInMemorySize(LARGEST);
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(lenient));
                })
                .build();
        return new SharedDocuments(
                new StoredDocuments(registrationService, assertions),
                new CopiedDocuments(redis, keys, lenient),
                Schedulers.newBoundedElastic(1, MOST_WAITING, "documents", 60, true));
    }

    @Bean
    DocumentChanges documentChanges(
            PubSubConnection redis, KeySpace keys, List<SharedDocument> documents, JsonMapper json) {
        return new DocumentChanges(redis, keys, documents, lenient(json));
    }

    @Bean
    DocumentsAtStart documentsAtStart(List<SharedDocument> documents) {
        return new DocumentsAtStart(documents);
    }

    @Bean
    EventSubscription documentSubscription(DocumentChanges changes) {
        return EventSubscription.broadcast("gateway.documents", List.of(Topics.GATEWAY_EVENTS), changes::hear);
    }

    /** Ignores unknown fields, because a newer registration-service is deployed first and may send more. */
    private static JsonMapper lenient(JsonMapper json) {
        return json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
