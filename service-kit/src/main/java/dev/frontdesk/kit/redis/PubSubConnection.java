package dev.frontdesk.kit.redis;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.reactive.RedisPubSubReactiveCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The only pub/sub connection of this instance. Lettuce replaces a lost connection and subscribes again to the same
 * channels. Spring's listener container would not report that, and passes every message to every subscription.
 */
public final class PubSubConnection implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PubSubConnection.class);
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final LettuceConnectionFactory factory;
    private final List<RedisPubSubListener<String, String>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> lost = new CopyOnWriteArrayList<>();
    private final List<String> channels = new CopyOnWriteArrayList<>();
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private volatile boolean running;

    /** Counts the starts. */
    private int run;

    public PubSubConnection(LettuceConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Call it before the connection is created. The listener is called on the event loop, so slow work must run
     * elsewhere.
     */
    public void tell(RedisPubSubListener<String, String> listener) {
        listeners.add(listener);
    }

    /**
     * Call it before the connection is created. The listener is called on the event loop when the connection is lost: what is
     * published from then on is missed until {@link RedisPubSubListener#subscribed} is called again.
     */
    public void tellLost(Runnable listener) {
        lost.add(listener);
    }

    /** Call it before the connection is created. Subscribes to the channel for as long as this runs. */
    public void keep(String channel) {
        channels.add(channel);
    }

    public boolean keeps(String channel) {
        return channels.contains(channel);
    }

    public Mono<Void> subscribe(String channel) {
        return run(commands -> commands.subscribe(channel));
    }

    public Mono<Void> unsubscribe(String channel) {
        return run(commands -> commands.unsubscribe(channel));
    }

    /** Completes on another thread, never within the call. */
    private Mono<Void> run(Function<RedisPubSubReactiveCommands<String, String>, Mono<Void>> command) {
        return Mono.defer(() -> {
                    var current = connection;
                    return current == null
                            ? Mono.<Void>error(new RedisException("Not connected yet"))
                            : command.apply(current.reactive());
                })
                .publishOn(Schedulers.parallel());
    }

    @Override
    public synchronized void start() {
        running = true;
        int thisRun = ++run;
        Mono.fromCallable(this::connect)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(this::subscribeToKept)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RECONNECT)
                        .filter(_ -> isCurrent(thisRun))
                        .doBeforeRetry(signal -> log.debug(
                                "Redis is not reachable yet: {}",
                                signal.failure().toString())))
                .subscribe(
                        made -> adopt(made, thisRun), error -> log.debug("Stopped before Redis was reachable", error));
    }

    private synchronized boolean isCurrent(int thatRun) {
        return running && run == thatRun;
    }

    /** Connecting takes a while, and this may have been stopped in the meantime. */
    private synchronized void adopt(StatefulRedisPubSubConnection<String, String> made, int itsRun) {
        if (isCurrent(itsRun)) {
            connection = made;
        } else {
            made.closeAsync();
        }
    }

    private StatefulRedisPubSubConnection<String, String> connect() {
        AbstractRedisClient client = factory.getRequiredNativeClient();
        StatefulRedisPubSubConnection<String, String> made = switch (client) {
            case RedisClusterClient cluster -> cluster.connectPubSub();
            case RedisClient single -> single.connectPubSub();
            default -> throw new IllegalStateException("Unknown client " + client.getClass());
        };
        listeners.forEach(made::addListener);
        made.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                lost.forEach(Runnable::run);
            }
        });
        return made;
    }

    private Mono<StatefulRedisPubSubConnection<String, String>> subscribeToKept(
            StatefulRedisPubSubConnection<String, String> made) {
        return channels.isEmpty()
                ? Mono.just(made)
                : made.reactive()
                        .subscribe(channels.toArray(String[]::new))
                        .thenReturn(made)
                        .doOnError(_ -> made.closeAsync());
    }

    @Override
    public synchronized void stop() {
        running = false;
        var current = connection;
        connection = null;
        if (current != null) {
            current.closeAsync();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts after the connection factory and before the web server; stops in reverse order. */
    @Override
    public int getPhase() {
        return LifecyclePhases.BACKGROUND;
    }
}
