package dev.frontdesk.testsupport.servers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A running server, and the failures that a test can cause. */
public abstract sealed class TestServer implements AutoCloseable
        permits Redis, RedisCluster, RedisSentinels, RedisTls, Postgres, Kafka, Smtp {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(90);
    private static final Duration ASKED_EVERY = Duration.ofMillis(50);

    private final Host host;
    private boolean shared;

    TestServer(Host host) {
        this.host = host;
    }

    public String host() {
        return host.name();
    }

    public int port() {
        return host.port();
    }

    /** Stops the server. Clients are refused until {@link #start()}; its data on disk stays. */
    public void stop() {
        mine().stop();
    }

    /** Starts it after a stop, on the same port, and returns when it answers. */
    public void start() {
        mine().start();
        awaitAnswer();
    }

    /** Freezes the server: clients stay connected, or even connect, but get no answer until {@link #resume()}. */
    public void pause() {
        mine().pause();
    }

    /** Returns when the server answers again. */
    public void resume() {
        mine().resume();
        awaitAnswer();
    }

    /** Stops the server and deletes its data. Not needed at the end of the JVM. */
    @Override
    public void close() {
        mine().close();
    }

    /** Whether the server serves a new client now. */
    abstract boolean answers();

    void awaitAnswer() {
        await(getClass().getSimpleName() + " on port " + port())
                .atMost(ANSWERS_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(ASKED_EVERY)
                .until(() -> {
                    host.checkAlive();
                    return answers();
                });
    }

    void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    final Host server() {
        return host;
    }

    /** Another view of this server, shared if this one is. */
    final <S extends TestServer> S sharedLike(S view) {
        ((TestServer) view).shared = shared;
        return view;
    }

    final Host mine() {
        if (shared) {
            throw new IllegalStateException(getClass().getSimpleName()
                    + " is shared with other tests: stop or freeze one of your own (@WithServers(own = ...), or"
                    + " TestServers.private...)");
        }
        return host;
    }
}
