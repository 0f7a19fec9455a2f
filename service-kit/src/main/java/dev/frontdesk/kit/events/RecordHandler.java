package dev.frontdesk.kit.events;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

/** What is done with each record. It ends when the record's offset may be committed, and has no error. */
@FunctionalInterface
interface RecordHandler {
    Mono<Void> process(ConsumerRecord<String, byte[]> received);
}
