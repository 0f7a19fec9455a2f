package dev.frontdesk.kit.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionProvider;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Creates the shared connections at the start, or in the background if Redis is not available yet. Spring Data's own
 * factory creates one within the first command, on that command's event loop and under a lock: while Redis did not
 * answer, every event loop would wait for that lock. With this factory, a command that comes too early fails at once.
 * Once created, the connections reconnect by themselves, to whichever server is the master, or has the slot of a
 * Cluster, by then.
 */
final class BackgroundConnectionFactory extends LettuceConnectionFactory {

    private static final Logger log = LoggerFactory.getLogger(BackgroundConnectionFactory.class);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

    private final int size;
    private final List<StatefulConnection<ByteBuffer, ByteBuffer>> made = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<StatefulConnection<ByteBuffer, ByteBuffer>> connections = List.of();
    private @Nullable LettuceConnectionProvider provider;
    private @Nullable Disposable connecting;
    private @Nullable Disposable following;

    private BackgroundConnectionFactory(RedisConfiguration server, LettuceConnectionFactory settings, int size) {
        super(server, settings.getClientConfiguration());
        this.size = size;
    }

    /**
     * @param settings a factory that was not started
     * @param size the number of connections, which commands use in turn
     */
    static BackgroundConnectionFactory like(LettuceConnectionFactory settings, int size) {
        var factory = new BackgroundConnectionFactory(serverOf(settings), settings, size);
        // Starts with the other lifecycle beans, not while beans are created: a run that only trains an AOT cache ends
        // before that, and needs no Redis.
        factory.setEarlyStartup(false);
        return factory;
    }

    private static RedisConfiguration serverOf(LettuceConnectionFactory settings) {
        if (settings.getClusterConfiguration() != null) {
            return settings.getClusterConfiguration();
        }
        return settings.getSentinelConfiguration() != null
                ? settings.getSentinelConfiguration()
                : settings.getStandaloneConfiguration();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        super.start();
        // Tries twice, because the first connection of a new process may be slow and time out.
        RedisConnectionFailureException failure = failureToConnect() == null ? null : failureToConnect();
        if (failure == null) {
            return;
        }
        log.warn(
                "Redis is not reachable yet; requests that need it are refused until it is: {}",
                failure.getMostSpecificCause().toString());
        connecting = Mono.<Void>fromRunnable(this::connect)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER))
                .doOnSuccess(_ -> log.info("Redis is reachable"))
                .subscribe();
    }

    private @Nullable RedisConnectionFailureException failureToConnect() {
        try {
            connect();
            return null;
        } catch (RedisConnectionFailureException notYet) {
            return notYet;
        }
    }

    @Override
    public synchronized void stop() {
        if (connecting != null) {
            connecting.dispose();
            connecting = null;
        }
        if (following != null) {
            following.dispose();
            following = null;
        }
        connections = List.of();
        made.clear();
        // Shuts down the client, and with it all connections.
        super.stop();
    }

    /** Connections that were created before a failure are reused by the next attempt. */
    private synchronized void connect() {
        if (!isRunning()) {
            return;
        }
        if (made.isEmpty()) {
            made.add(requireNonNull(super.getSharedReactiveConnection()));
        }
        while (made.size() < size) {
            made.add(another());
        }
        var all = List.copyOf(made);
        if (getRequiredNativeClient() instanceof RedisClusterClient cluster) {
            // Connects to the nodes here too: at the start, or in the background when Redis is available again.
            all.forEach(connection -> ClusterNodes.connect(connection).join());
            following = ClusterNodes.follow(cluster, all);
        }
        connections = all;
    }

    @SuppressWarnings("unchecked")
    private StatefulConnection<ByteBuffer, ByteBuffer> another() {
        return requireNonNull(provider).getConnection(StatefulConnection.class);
    }

    /**
     * Spring Data creates two providers, one for byte arrays and one for the reactive connection, and exposes neither.
     */
    @Override
    protected LettuceConnectionProvider doCreateConnectionProvider(AbstractRedisClient client, RedisCodec<?, ?> codec) {
        var made = super.doCreateConnectionProvider(client, codec);
        if (!(codec instanceof ByteArrayCodec)) {
            provider = made;
        }
        return made;
    }

    @Override
    protected @Nullable StatefulConnection<ByteBuffer, ByteBuffer> getSharedReactiveConnection() {
        var made = connections;
        if (made.isEmpty()) {
            throw new RedisConnectionFailureException("Redis has not been reachable since the start");
        }
        return made.size() == 1 ? made.getFirst() : made.get(Math.floorMod(turn.getAndIncrement(), made.size()));
    }
}
