package dev.frontdesk.contracts.events;

import java.time.Instant;

/**
 * Events about what all gateways share; published by registration-service. The gateways belong to no tenant, so the tenant is
 * always {@code default}.
 */
public sealed interface GatewayEvent extends Event {

    /**
     * A gateway changed a document. The content is not in the event: read it from registration-service.
     *
     * @param name of the {@code GatewayDocument}
     * @param version counts the document's changes, from 1
     */
    record GatewayDocumentChanged(String tenant, String name, long version, Instant changedAt) implements GatewayEvent {

        @Override
        public String aggregateId() {
            return name;
        }
    }
}
