package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.redis.PubSubConnection;
import dev.frontdesk.notification.notifications.Frame;
import dev.frontdesk.notification.notifications.Frames;
import dev.frontdesk.notification.notifications.NotificationKeys;
import dev.frontdesk.notification.notifications.Recipient;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import tools.jackson.core.JacksonException;

/**
 * The Redis channels of the accounts that are connected to this instance: one subscription per account, however many
 * sockets it has.
 */
@Component
class LiveChannels extends RedisPubSubAdapter<String, String> {

    private static final Logger log = LoggerFactory.getLogger(LiveChannels.class);
    private static final ChannelSignal SUBSCRIBED = new ChannelSignal.Subscribed();

    private final ConcurrentHashMap<String, Listeners> channels = new ConcurrentHashMap<>();
    private final PubSubConnection redis;
    private final NotificationKeys keys;
    private final Frames frames;

    LiveChannels(PubSubConnection redis, NotificationKeys keys, Frames frames) {
        this.redis = redis;
        this.keys = keys;
        this.frames = frames;
        redis.tell(this);
    }

    private static final class Listeners {
        private final List<FluxSink<ChannelSignal>> sinks = new CopyOnWriteArrayList<>();
        private volatile boolean subscribed;

        void tell(ChannelSignal channelSignal) {
            sinks.forEach(sink -> sink.next(channelSignal));
        }
    }

    /** Fails when subscribing to the channel fails. */
    Flux<ChannelSignal> listen(Recipient recipient) {
        String channel = keys.channel(recipient);
        return Flux.create(sink -> {
            Listeners joined = join(channel, sink);
            sink.onDispose(() -> leave(channel, sink));
            if (joined.subscribed) {
                sink.next(SUBSCRIBED);
            }
        });
    }

    private Listeners join(String channel, FluxSink<ChannelSignal> sink) {
        return channels.compute(channel, (_, present) -> {
            Listeners listeners = present;
            if (listeners == null) {
                listeners = new Listeners();
                redis.subscribe(channel).subscribe(null, error -> fail(channel, error));
            }
            listeners.sinks.add(sink);
            return listeners;
        });
    }

    private void leave(String channel, FluxSink<ChannelSignal> sink) {
        channels.computeIfPresent(channel, (_, listeners) -> {
            listeners.sinks.remove(sink);
            if (!listeners.sinks.isEmpty()) {
                return listeners;
            }
            redis.unsubscribe(channel).subscribe(null, LiveChannels::unimportant);
            return null;
        });
    }

    private void fail(String channel, Throwable error) {
        Listeners listeners = channels.remove(channel);
        if (listeners != null) {
            listeners.sinks.forEach(sink -> sink.error(new RedisException("Subscription failed", error)));
        }
    }

    /** Also called after a reconnect. */
    @Override
    public void subscribed(String channel, long count) {
        if (redis.keeps(channel)) {
            return;
        }
        // Runs under the lock of the channel: a plain read would not find a channel that another thread is joining
        // right now.
        Listeners listeners = channels.compute(channel, (_, present) -> {
            if (present == null) {
                // The last listener left while the connection to Redis was lost.
                redis.unsubscribe(channel).subscribe(null, LiveChannels::unimportant);
                return null;
            }
            present.subscribed = true;
            return present;
        });
        if (listeners != null) {
            listeners.tell(SUBSCRIBED);
        }
    }

    @Override
    public void message(String channel, String message) {
        Listeners listeners = channels.get(channel);
        if (listeners == null) {
            return;
        }
        try {
            Frame frame = frames.read(message);
            listeners.tell(new ChannelSignal.Live(frame));
        } catch (JacksonException unreadable) {
            log.error(
                    "Unreadable message on a notification channel dropped: {}",
                    unreadable.getClass().getName());
        }
    }

    private static void unimportant(Throwable error) {
        log.debug("Channel could not be unsubscribed yet: {}", error.toString());
    }
}
