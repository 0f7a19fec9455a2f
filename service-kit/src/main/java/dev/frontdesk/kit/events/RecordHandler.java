package dev.frontdesk.kit.events;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

/** Processes each record. It completes when the record's offset may be committed, and never fails. */
@FunctionalInterface
interface RecordHandler {
    Mono<Void> process(ConsumerRecord<String, byte[]> received);
}
