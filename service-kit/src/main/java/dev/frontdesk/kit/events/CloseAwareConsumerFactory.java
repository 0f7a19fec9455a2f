package dev.frontdesk.kit.events;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Tells when the consumer that it made last has committed and left its group. A receiver that is cancelled closes its
 * consumer somewhere else, and does not say when that is done.
 */
final class CloseAwareConsumerFactory extends ConsumerFactory {

    private volatile Mono<Void> closed = Mono.empty();

    /** Ends when there is no consumer any more. */
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
                    @SuppressWarnings("deprecation") // This one is called.
                    public void close(Duration timeout) {
                        super.close(timeout);
                        end.tryEmitEmpty();
                    }
                };
        closed = end.asMono();
        return consumer;
    }
}
