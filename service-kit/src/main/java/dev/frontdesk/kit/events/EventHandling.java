package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * Passes events to their subscription, retries while a dependency is unavailable, and parks events that can't be read
 * or handled.
 */
final class EventHandling implements RecordHandler {

    private static final Logger log = LoggerFactory.getLogger(EventHandling.class);
    static final Duration FIRST_RETRY = Duration.ofMillis(200);
    static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final int ATTEMPTS_BEFORE_PARKING = 3;

    /** Far larger than any event of the suite; larger data is not parsed. */
    private static final int LARGEST = 1024 * 1024;

    private final EventSubscription subscription;
    private final EventCodec codec;
    private final DeadLetterPublisher deadLetters;

    EventHandling(EventSubscription subscription, EventCodec codec, DeadLetterPublisher deadLetters) {
        this.subscription = subscription;
        this.codec = codec;
        this.deadLetters = deadLetters;
    }

    @Override
    public Mono<Void> process(ConsumerRecord<String, byte[]> received) {
        return Mono.deferContextual(context -> Mono.defer(() -> handle(received.headers(), received.value()))
                .retryWhen(whileAPartIsAway(subscription.name(), context))
                .onErrorResume(error -> park(received, error)));
    }

    /** @param context of the work, for its log lines */
    static Retry whileAPartIsAway(String name, ContextView context) {
        return Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                .maxBackoff(LONGEST_RETRY)
                .filter(Outages::isBehind)
                .transientErrors(true)
                .doBeforeRetry(signal -> TraceLog.in(
                        context,
                        () -> log.warn(
                                "{} waits for a dependency that is unavailable: {}",
                                name,
                                signal.failure().toString())));
    }

    private Mono<Void> handle(Headers headers, byte @Nullable [] data) {
        var type = EventType.named(CloudEventHeaders.required(headers, CloudEventHeaders.TYPE));
        if (type.isEmpty()) {
            return Mono.empty();
        }
        if (data == null || data.length > LARGEST) {
            throw new InvalidEventException(data == null ? "has no data" : "is larger than " + LARGEST + " bytes");
        }
        var event = new ReceivedEvent(
                CloudEventHeaders.id(headers), CloudEventHeaders.time(headers), codec.read(type.get(), data));
        return TraceLog.<Void>line(() -> log.debug("{} {}", type.get().ceType(), event.id()))
                .then(Mono.defer(() -> subscription.handler().apply(event)))
                .retryWhen(Retry.backoff(ATTEMPTS_BEFORE_PARKING - 1L, FIRST_RETRY)
                        .filter(error -> !Outages.isBehind(error) && !(error instanceof InvalidEventException))
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    /**
     * Handles an event again at an operator's request. Does not wait for an unavailable dependency and parks nothing.
     */
    Mono<Void> replay(Headers headers, byte[] data) {
        return Mono.defer(() -> handle(headers, data));
    }

    private Mono<Void> park(ConsumerRecord<String, byte[]> received, Throwable reason) {
        String detail = DeadLetterDetail.of(reason);
        Mono<Void> logged = TraceLog.line(() -> log.error(
                "{} can't handle {}-{}@{}: {}",
                subscription.name(),
                received.topic(),
                received.partition(),
                received.offset(),
                detail == null ? reason.getClass().getName() : detail,
                // An error with a detail is caused by the data, and its message may quote the data.
                detail == null ? reason : null));
        return subscription.mode() == EventSubscription.Mode.BROADCAST
                ? logged
                : logged.then(deadLetters.put(subscription.name(), received, reason));
    }
}
