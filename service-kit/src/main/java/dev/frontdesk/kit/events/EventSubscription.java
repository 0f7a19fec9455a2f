package dev.frontdesk.kit.events;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The events that a service wants to receive; declared as a bean, run by the kit.
 *
 * @param name the consumer group of a shared subscription; names a broadcast one in logs
 * @param mode which instances of the service receive an event
 * @param handler applies the effect and completes when it is durable. It may receive an event twice. An error caused by
 *     an outage is retried until the outage ends; any other error is retried a few times, then the event is parked.
 */
public record EventSubscription(
        String name, List<String> topics, Mode mode, Function<ReceivedEvent, Mono<Void>> handler) {

    /** Which instances of a service receive an event. */
    public enum Mode {
        /** One instance, at least once, starting from the group's committed offset. */
        SHARED,
        /** Every instance, starting with new events, at most once: for caches and open connections. */
        BROADCAST
    }

    public static EventSubscription shared(
            String group, List<String> topics, Function<ReceivedEvent, Mono<Void>> handler) {
        return new EventSubscription(group, List.copyOf(topics), Mode.SHARED, handler);
    }

    public static EventSubscription broadcast(
            String name, List<String> topics, Function<ReceivedEvent, Mono<Void>> handler) {
        return new EventSubscription(name, List.copyOf(topics), Mode.BROADCAST, handler);
    }
}
