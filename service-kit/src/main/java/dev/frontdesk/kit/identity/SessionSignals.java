package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;

/**
 * Hears the installation's {@link SessionSignal}s for as long as the service runs. A service that wants to hear them
 * declares a {@link Listener} as a bean.
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

    /** Is told on Redis' event loop: it must not take long, let alone wait. */
    public interface Listener {

        /** May come twice. */
        void heard(SessionSignal signal);

        /** May come twice, and later than the end of the sessions that it tells of. */
        default void heard(AccountSignal signal) {}

        /** Nothing was heard for a while: at the start, and when the connection was lost. From now on all is heard. */
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
