package dev.frontdesk.kit.events;

import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Passes dead letters to their subscription. A letter that can't be stored is not parked again: it stays on its topic.
 */
final class DeadLetterHandling implements RecordHandler {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterHandling.class);
    private static final int RETRIES = 2;

    private final DeadLetterSubscription subscription;
    private final Map<String, String> groupByTopic;

    /** @param groupByTopic the subscription name for each dead-letter topic */
    DeadLetterHandling(DeadLetterSubscription subscription, Map<String, String> groupByTopic) {
        this.subscription = subscription;
        this.groupByTopic = Map.copyOf(groupByTopic);
    }

    @Override
    public Mono<Void> process(ConsumerRecord<String, byte[]> received) {
        return Mono.deferContextual(context -> Mono.defer(() -> keep(received))
                .retryWhen(EventHandling.whileAPartIsAway(subscription.name(), context))
                .onErrorResume(error -> leave(received, error)));
    }

    private Mono<Void> keep(ConsumerRecord<String, byte[]> received) {
        String group = groupByTopic.get(received.topic());
        if (group == null) {
            return Mono.error(new IllegalStateException("No subscription for dead letters of " + received.topic()));
        }
        var letter = DeadLetter.read(group, received);
        return Mono.defer(() -> subscription.handler().apply(letter))
                .retryWhen(Retry.backoff(RETRIES, EventHandling.FIRST_RETRY)
                        .filter(error -> !Outages.isBehind(error))
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    private static Mono<Void> leave(ConsumerRecord<String, byte[]> received, Throwable error) {
        return TraceLog.line(() -> log.error(
                "Dead letter {}-{}@{} could not be stored",
                received.topic(),
                received.partition(),
                received.offset(),
                error));
    }
}
