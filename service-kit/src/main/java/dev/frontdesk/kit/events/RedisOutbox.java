package dev.frontdesk.kit.events;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;

/**
 * The outbox for state that is only in Redis: one stream per partition. The script that changes the state writes the
 * event atomically with it:
 *
 * <pre>
 * redis.call('XADD', outbox, '*', 'event', event)
 * redis.call('PUBLISH', wake_channel, partition)
 * </pre>
 *
 * {@code event} comes from {@code EventRecorder.recordAsJson}.
 */
public final class RedisOutbox {

    private final KeySpace keys;
    private final String feature;

    /** @param feature names the outbox, for example {@code session-outbox} */
    public RedisOutbox(KeySpace keys, String feature) {
        this.keys = keys;
        this.feature = feature;
    }

    public String feature() {
        return feature;
    }

    /** The stream that a script of this partition writes to. */
    public String streamKey(Partition partition) {
        return keys.shared(feature, partition);
    }

    /** The channel on which the script notifies the relay of new events; the message is the partition's number. */
    public String wakeChannel() {
        return keys.shared(feature + "-wake");
    }

    String leaseKey(Partition partition) {
        return keys.shared(feature + "-lease", partition);
    }
}
