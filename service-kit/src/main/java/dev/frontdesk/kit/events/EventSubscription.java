package dev.frontdesk.kit.events;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * What a service wants to hear of; declared as a bean, run by the kit.
 *
 * @param name the consumer group of a shared subscription; names a broadcast one in logs
 * @param mode who of several instances hears an event
 * @param handler does the effect, and ends when it is durable. It may see an event twice. An error that an outage is
 *     behind is tried again for as long as it lasts; any other one a few times, then the event is parked.
 */
public record EventSubscription(
        String name, List<String> topics, Mode mode, Function<ReceivedEvent, Mono<Void>> handler) {

    /** Who of several instances of a service hears an event. */
    public enum Mode {
        /** One of them, at least once, from where the group stopped. */
        SHARED,
        /** Each of them, from now on, at most once: for caches and open connections. */
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
