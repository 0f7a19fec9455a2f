package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Writes dead letters: the original record with the reason and its original position. A record may be larger than this
 * producer may send, because its producer compressed it or has a higher limit. The letter of such a record contains
 * only what is needed to find it, so that no record can block the ones behind it.
 */
final class DeadLetterPublisher {

    static final String REASON = "dlt_reason";
    static final String DETAIL = "dlt_detail";
    static final String TOPIC = "dlt_topic";
    static final String PARTITION = "dlt_partition";
    static final String OFFSET = "dlt_offset";
    static final String SIZE = "dlt_size";
    static final String CUT = "dlt_cut";

    /** The default limit of producers and brokers is 1 MB. */
    private static final int LARGEST_WHOLE = 900_000;

    private static final int LONGEST_PART_OF_A_CUT_ONE = 1000;
    private static final Set<String> OF_A_CUT_ONE = Set.of(
            "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_tenant", "content-type", "traceparent");

    private final EventPublisher publisher;

    DeadLetterPublisher(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Completes when the letter is in Kafka; retries without limit. */
    Mono<Void> put(String group, ConsumerRecord<String, byte[]> received, Throwable reason) {
        Mono<Void> cut = Mono.defer(() -> publisher.publishRaw(marked(cut(group, received), received, reason, true)));
        Mono<Void> whole =
                Mono.defer(() -> publisher.publishRaw(marked(whole(group, received), received, reason, false)));
        return (size(received) > LARGEST_WHOLE ? cut : whole.onErrorResume(RecordTooLargeException.class, _ -> cut))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, EventHandling.FIRST_RETRY)
                        .maxBackoff(EventHandling.LONGEST_RETRY));
    }

    private static long size(ConsumerRecord<String, byte[]> received) {
        long size = Math.max(0, received.serializedKeySize()) + sizeOfData(received);
        for (Header header : received.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static long sizeOfData(ConsumerRecord<String, byte[]> received) {
        byte @Nullable [] data = received.value();
        return data == null ? 0 : data.length;
    }

    private static ProducerRecord<String, byte[]> whole(String group, ConsumerRecord<String, byte[]> received) {
        var letter =
                new ProducerRecord<>(Topics.deadLettersOf(received.topic(), group), received.key(), received.value());
        received.headers().forEach(letter.headers()::add);
        return letter;
    }

    private static ProducerRecord<String, byte[]> cut(String group, ConsumerRecord<String, byte[]> received) {
        boolean keyFits = received.serializedKeySize() <= LONGEST_PART_OF_A_CUT_ONE;
        var letter = new ProducerRecord<String, byte[]>(
                Topics.deadLettersOf(received.topic(), group), keyFits ? received.key() : null, new byte[0]);
        for (String name : OF_A_CUT_ONE) {
            String value = CloudEventHeaders.text(received.headers(), name);
            if (value != null && value.length() <= LONGEST_PART_OF_A_CUT_ONE) {
                CloudEventHeaders.add(letter.headers(), name, value);
            }
        }
        return letter;
    }

    private static ProducerRecord<String, byte[]> marked(
            ProducerRecord<String, byte[]> letter,
            ConsumerRecord<String, byte[]> received,
            Throwable reason,
            boolean cut) {
        // The original record may contain headers with these names; they must not be mistaken for ours.
        for (String name : new String[] {REASON, DETAIL, TOPIC, PARTITION, OFFSET, SIZE, CUT}) {
            letter.headers().remove(name);
        }
        // Only the class: a message may quote the data, and people read dead letters.
        CloudEventHeaders.add(letter.headers(), REASON, reason.getClass().getName());
        String detail = DeadLetterDetail.of(reason);
        if (detail != null) {
            CloudEventHeaders.add(letter.headers(), DETAIL, detail);
        }
        CloudEventHeaders.add(letter.headers(), TOPIC, received.topic());
        CloudEventHeaders.add(letter.headers(), PARTITION, Integer.toString(received.partition()));
        CloudEventHeaders.add(letter.headers(), OFFSET, Long.toString(received.offset()));
        CloudEventHeaders.add(letter.headers(), SIZE, Long.toString(sizeOfData(received)));
        if (cut) {
            letter.headers().add(CUT, "true".getBytes(StandardCharsets.UTF_8));
        }
        return letter;
    }
}
