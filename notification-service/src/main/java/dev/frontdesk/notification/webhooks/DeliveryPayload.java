package dev.frontdesk.notification.webhooks;

import java.util.UUID;

/** What a job of the queue carries: one event for one endpoint. */
record DeliveryPayload(UUID endpointId, UUID eventId) {}
