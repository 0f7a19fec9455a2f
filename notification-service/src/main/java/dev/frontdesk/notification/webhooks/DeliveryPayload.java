package dev.frontdesk.notification.webhooks;

import java.util.UUID;

/** The payload of a delivery job: one event for one endpoint. */
record DeliveryPayload(UUID endpointId, UUID eventId) {}
