package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

/**
 * Receives the installation's {@link SessionSignal}s while the service runs. A service that needs them declares a
 * {@link Listener} as a bean.
 */
public final class SessionSignals extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final Listener listener;

    SessionSignals(PubSubConnection redis, KeySpace keys, Listener listener) {
        this.channel = SessionSignal.channel(keys);
        this.listener = listener;
        redis.tell(this);
        redis.keep(channel);
    }

    /** Called on the event loop of the Redis client: it must be fast and must not block. */
    public interface Listener {

        /** May be called twice for one signal. */
        void heard(SessionSignal signal);

        /** May be called twice for one signal, and after the affected sessions have ended. */
        default void heard(AccountSignal signal) {}

        /**
         * Signals may have been missed: at the start, and after the connection was lost. From now on all signals are
         * received.
         */
        void mayHaveMissed();
    }

    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            listener.mayHaveMissed();
        }
    }

    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            SessionSignal.parse(message).ifPresent(listener::heard);
            AccountSignal.parse(message).ifPresent(listener::heard);
        }
    }
}
