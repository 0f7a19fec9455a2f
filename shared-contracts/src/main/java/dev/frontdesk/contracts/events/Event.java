package dev.frontdesk.contracts.events;

/**
 * A fact that has happened, told to other services; that an application asked for something is one. Every event names its tenant and the aggregate it is about; the
 * aggregate id is the record key, so events of one aggregate stay in order.
 */
public sealed interface Event permits AccountEvent, SessionEvent, NotificationRequest {

    /** The tenant that the fact belongs to. */
    String tenant();

    /** Identity of what changed; the Kafka record key. */
    String aggregateId();
}
