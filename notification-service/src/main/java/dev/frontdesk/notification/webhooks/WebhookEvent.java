package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.UuidText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a tenant's endpoints receive it.
 *
 * @param id the id of the fact: publishing the same fact twice makes one event
 * @param subject the account that it is about; the stored event is deleted with the account
 */
record WebhookEvent(
        TenantId tenant,
        UUID id,
        String type,
        Instant time,
        @Nullable UUID subject,
        StorableJson data) {

    private static final String PREFIX = "evt_";

    /** The body of a request, with the field names that Standard Webhooks recommends. */
    record Body(String type, Instant timestamp, StorableJson data) {}

    /** The value of {@code webhook-id}. */
    static String publicId(UUID id) {
        return PREFIX + id;
    }

    /** @throws IllegalArgumentException when the value is not such an id */
    static UUID idIn(String publicId) {
        if (!publicId.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Not an event id");
        }
        return UuidText.read(publicId.substring(PREFIX.length()));
    }

    Body body() {
        return new Body(type, time, data);
    }
}
