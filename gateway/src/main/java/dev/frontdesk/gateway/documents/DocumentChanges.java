package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.events.GatewayEvent.GatewayDocumentChanged;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.List;
import reactor.core.publisher.Mono;

/** Receives changes of documents: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class DocumentChanges extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final List<SharedDocument> documents;

    DocumentChanges(PubSubConnection redis, KeySpace keys, List<SharedDocument> documents) {
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

    /** A message says only that there is a change: what it is, registration-service says. */
    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            documents.forEach(SharedDocument::loadAgain);
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
