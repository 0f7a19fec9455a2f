package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.StorableJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as a tenant's endpoints hear of it.
 *
 * @param id the fact's own: the same one told twice is one event
 * @param subject the account that it is about; what is kept of it goes with the account
 */
record WebhookEvent(
        TenantId tenant,
        UUID id,
        String type,
        Instant time,
        @Nullable UUID subject,
        StorableJson data) {

    private static final String PREFIX = "evt_";

    /** As it is sent: the names are those that Standard Webhooks recommend. */
    record Body(String type, Instant timestamp, StorableJson data) {}

    /** The value of {@code webhook-id}. */
    static String publicId(UUID id) {
        return PREFIX + id;
    }

    /** @throws IllegalArgumentException for anything but such a value */
    static UUID idIn(String publicId) {
        if (!publicId.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Not the id of an event");
        }
        return UUID.fromString(publicId.substring(PREFIX.length()));
    }

    Body body() {
        return new Body(type, time, data);
    }
}
