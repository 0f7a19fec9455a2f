package dev.frontdesk.notification.notifications;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import org.springframework.stereotype.Component;

/** The Redis names of notifications. */
@Component
public class NotificationKeys {

    private final KeySpace keys;

    NotificationKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** The channel that an account's frames are published on. */
    public String channel(Recipient recipient) {
        return keys.key(
                recipient.tenant(),
                "notifications-of",
                Partition.of(recipient.tenant(), recipient.accountId()),
                recipient.accountId().toString());
    }
}
