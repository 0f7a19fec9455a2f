package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.events.GatewayEvent.GatewayDocumentChanged;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Receives changes of documents: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class DocumentChanges extends RedisPubSubAdapter<String, String> {

    private static final Logger log = LoggerFactory.getLogger(DocumentChanges.class);

    private final String channel;
    private final List<SharedDocument> documents;
    private final JsonMapper json;

    DocumentChanges(PubSubConnection redis, KeySpace keys, List<SharedDocument> documents, JsonMapper json) {
        this.channel = GatewayDocumentKeys.changes(keys);
        this.documents = List.copyOf(documents);
        this.json = json;
        redis.tell(this);
        redis.keep(channel);
    }

    /** Changes may have been missed until now. */
    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            documents.forEach(SharedDocument::loadAgain);
        }
    }

    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            try {
                GatewayDocument document = json.readValue(message, GatewayDocument.class);
                named(document.name()).forEach(it -> it.heard(document));
            } catch (JacksonException ofAnotherVersion) {
                log.warn("Unreadable change of a document; reading all documents again");
                documents.forEach(SharedDocument::loadAgain);
            }
        }
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof GatewayDocumentChanged changed) {
                named(changed.name()).stream()
                        .filter(it -> it.latest().version() < changed.version())
                        .forEach(SharedDocument::loadAgain);
            }
        });
    }

    private List<SharedDocument> named(String name) {
        return documents.stream().filter(it -> it.name().equals(name)).toList();
    }
}
