package dev.frontdesk.kit.events;

import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Wants the dead letters of all shared subscriptions of its service; declared as a bean, run by the kit.
 *
 * @param name its consumer group
 * @param handler keeps a letter, and ends when that is durable. It may see one twice. An error that an outage is behind is
 *     tried again for as long as it lasts; any other one a few times, then the letter stays on its topic alone.
 */
public record DeadLetterSubscription(String name, Function<DeadLetter, Mono<Void>> handler) {}
