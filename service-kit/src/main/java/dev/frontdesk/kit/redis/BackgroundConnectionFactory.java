package dev.frontdesk.kit.redis;

import io.lettuce.core.api.StatefulConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Makes the shared connection at the start, and in the background when Redis is not there yet. Spring Data's own factory
 * makes it within the first command, on that command's event loop and under a lock: as long as Redis did not answer,
 * every event loop would stand in that queue. Here a command that comes too early fails at once. Once made, the
 * connection mends itself.
 */
final class BackgroundConnectionFactory extends LettuceConnectionFactory {

    private static final Logger log = LoggerFactory.getLogger(BackgroundConnectionFactory.class);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

    private volatile boolean connected;
    private @Nullable Disposable connecting;

    private BackgroundConnectionFactory(RedisConfiguration server, LettuceConnectionFactory settings) {
        super(server, settings.getClientConfiguration());
    }

    /** @param settings a factory that was not started */
    static BackgroundConnectionFactory like(LettuceConnectionFactory settings) {
        var factory = new BackgroundConnectionFactory(serverOf(settings), settings);
        // With the other parts, not while beans are made: a run that only trains an AOT cache ends before, and needs no
        // Redis.
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
        // Twice, as everything is new to a process that connects for the first time, and may take it too long.
        RedisConnectionFailureException failure = failureToConnect() == null ? null : failureToConnect();
        if (failure == null) {
            return;
        }
        log.warn(
                "Redis does not answer yet; what needs it is refused until it does: {}",
                failure.getMostSpecificCause().toString());
        connecting = Mono.<Void>fromRunnable(this::connect)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER))
                .doOnSuccess(_ -> log.info("Redis answers"))
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
        connected = false;
        super.stop();
    }

    private void connect() {
        super.getSharedReactiveConnection();
        connected = true;
    }

    @Override
    protected @Nullable StatefulConnection<ByteBuffer, ByteBuffer> getSharedReactiveConnection() {
        if (!connected) {
            throw new RedisConnectionFailureException("Redis has not answered since the start");
        }
        return super.getSharedReactiveConnection();
    }
}
