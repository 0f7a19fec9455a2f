package dev.frontdesk.kit.events;

import java.time.Duration;

/**
 * The events of an outbox that wait for Kafka.
 *
 * @param age how long the oldest event has waited; zero if there is none
 */
public record OutboxBacklog(long events, Duration age) {

    OutboxBacklog and(OutboxBacklog other) {
        return new OutboxBacklog(events + other.events, age.compareTo(other.age) < 0 ? other.age : age);
    }
}
