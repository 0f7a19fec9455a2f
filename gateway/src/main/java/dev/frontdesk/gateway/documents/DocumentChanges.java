package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.events.GatewayEvent.GatewayDocumentChanged;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersion;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Receives changes of documents: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class DocumentChanges extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final List<SharedDocument> documents;
    private final JsonMapper json;

    DocumentChanges(PubSubConnection redis, KeySpace keys, List<SharedDocument> documents, JsonMapper json) {
        this.json = json;
        this.channel = GatewayDocumentKeys.changes(keys);
        this.documents = List.copyOf(documents);
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

    /** A message says only which version the copy has now: what is in it, registration-service says. */
    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            try {
                var version = json.readValue(message, GatewayDocumentVersion.class);
                named(version.name()).forEach(it -> it.tell(version));
            } catch (JacksonException ofAnotherForm) {
                documents.forEach(SharedDocument::loadAgain);
            }
        }
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof GatewayDocumentChanged changed) {
                var version = new GatewayDocumentVersion(changed.name(), changed.version(), changed.changedAt());
                named(changed.name()).stream()
                        .filter(it -> !GatewayDocumentVersion.of(it.latest()).equals(version))
                        .forEach(SharedDocument::loadAgain);
            }
        });
    }

    private List<SharedDocument> named(String name) {
        return documents.stream().filter(it -> it.name().equals(name)).toList();
    }
}
