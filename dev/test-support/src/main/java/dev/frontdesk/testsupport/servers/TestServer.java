package dev.frontdesk.testsupport.servers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A running server, and the failures that can be made to happen to it. */
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

    /** Ends the server. Clients are refused until {@link #start()}; what it stored on disk stays. */
    public void stop() {
        mine().stop();
    }

    /** Starts what was stopped, on the same port, and returns when it answers. */
    public void start() {
        mine().start();
        awaitAnswer();
    }

    /** Freezes the server: clients stay connected, or even connect, and get no answer until {@link #resume()}. */
    public void pause() {
        mine().pause();
    }

    /** Returns when the server answers again. */
    public void resume() {
        mine().resume();
        awaitAnswer();
    }

    /** Ends the server and forgets its data. Not needed at the end of the JVM. */
    @Override
    public void close() {
        mine().close();
    }

    /** Whether the server does its work for a new client now. */
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

    final Host mine() {
        if (shared) {
            throw new IllegalStateException(getClass().getSimpleName()
                    + " is shared by all tests of this JVM: harm one of your own (@WithServers(own = ...), or"
                    + " TestServers.private...)");
        }
        return host;
    }
}
