package dev.frontdesk.kit.events;

import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Receives the dead letters of all shared subscriptions of its service; declared as a bean, run by the kit.
 *
 * @param name the consumer group
 * @param handler stores a letter and completes when it is durable. It may receive a letter twice. An error caused by an
 *     outage is retried until the outage ends; any other error is retried a few times, then the letter stays only on
 *     its topic.
 */
public record DeadLetterSubscription(String name, Function<DeadLetter, Mono<Void>> handler) {}
