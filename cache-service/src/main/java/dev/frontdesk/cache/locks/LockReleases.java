package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

/** Wakes those who wait for a lock when it is released at any instance. */
final class LockReleases extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final LockWaiters waiters;

    LockReleases(PubSubConnection redis, KeySpace keys, LockWaiters waiters) {
        this.channel = new LockKeys(keys).releases();
        this.waiters = waiters;
        redis.tell(this);
        redis.keep(channel);
    }

    /** Releases may have been missed until now. */
    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            waiters.wakeAll();
        }
    }

    @Override
    public void message(String from, String lock) {
        if (from.equals(channel)) {
            waiters.wake(lock);
        }
    }
}
