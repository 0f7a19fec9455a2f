package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.ClientRange;

/** Redis keys of this feature. */
final class ClientLimitKeys {

    private final KeySpace keys;

    ClientLimitKeys(KeySpace keys) {
        this.keys = keys;
    }

    /**
     * Without a tenant: an anonymous caller names any it likes, and would have a full bucket in each.
     *
     * @param limit its name
     */
    String bucket(String limit, ClientRange client) {
        return keys.shared(limit, Partition.of(client.value()), client.value());
    }
}
