package dev.frontdesk.contracts.events;

/**
 * A fact, published to other services; an application's request is one too. Every event contains its tenant and the
 * aggregate that it is about. The aggregate id is the record key, so events of one aggregate stay in order.
 */
public sealed interface Event
        permits AccountEvent, SessionEvent, TenantEvent, ApiKeyEvent, GatewayEvent, NotificationRequest {

    /** The tenant that the fact belongs to. */
    String tenant();

    /** The id of the aggregate that changed; the Kafka record key. */
    String aggregateId();
}
