package dev.frontdesk.kit.events;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Reports when the consumer that it created last has committed its offsets and left its group. A cancelled receiver
 * closes its consumer on another thread and does not report when that is done.
 */
final class CloseAwareConsumerFactory extends ConsumerFactory {

    private volatile Mono<Void> closed = Mono.empty();

    /** Completes when the last consumer is closed; at once if there is none. */
    Mono<Void> closed() {
        return Mono.defer(() -> closed);
    }

    @Override
    public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
        Sinks.Empty<Void> end = Sinks.empty();
        var consumer =
                new KafkaConsumer<K, V>(
                        options.consumerProperties(), options.keyDeserializer(), options.valueDeserializer()) {
                    @Override
                    @SuppressWarnings("deprecation") // This overload is the one that is called.
                    public void close(Duration timeout) {
                        super.close(timeout);
                        end.tryEmitEmpty();
                    }
                };
        closed = end.asMono();
        return consumer;
    }
}
