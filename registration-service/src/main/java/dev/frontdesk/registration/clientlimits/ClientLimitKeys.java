package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.ClientRange;

/** Redis keys of the client limits. */
final class ClientLimitKeys {

    private final KeySpace keys;

    ClientLimitKeys(KeySpace keys) {
        this.keys = keys;
    }

    /**
     * Has no tenant: an anonymous caller may name any tenant and would get a full bucket in each.
     *
     * @param limit name of the limit
     */
    String bucket(String limit, ClientRange client) {
        return keys.shared(limit, Partition.of(client.value()), client.value());
    }
}
