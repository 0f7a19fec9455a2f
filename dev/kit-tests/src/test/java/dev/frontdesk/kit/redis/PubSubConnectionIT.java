package dev.frontdesk.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class PubSubConnectionIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final CountDownLatch connecting = new CountDownLatch(1);
    private final CountDownLatch mayConnect = new CountDownLatch(1);
    private final AtomicReference<@Nullable StatefulRedisPubSubConnection<String, String>> made =
            new AtomicReference<>();

    /** Connects when the test lets it. */
    private final class SlowClient extends io.lettuce.core.RedisClient {

        SlowClient(ClientResources resources, String url) {
            super(resources, RedisURI.create(url));
        }

        @Override
        public StatefulRedisPubSubConnection<String, String> connectPubSub() {
            connecting.countDown();
            try {
                mayConnect.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            var connection = super.connectPubSub();
            made.set(connection);
            return connection;
        }
    }

    @Test
    void closesAConnectionThatIsMadeAfterTheStop() throws Exception {
        var resources = ClientResources.create();
        try (var server = TestServers.privateRedis();
                var client = new SlowClient(resources, server.url())) {
            var connection = new PubSubConnection(new LettuceConnectionFactory() {
                @Override
                public AbstractRedisClient getRequiredNativeClient() {
                    return client;
                }
            });
            connection.start();
            connecting.await();

            connection.stop();
            mayConnect.countDown();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(made.get())
                            .isNotNull()
                            .satisfies(it -> assertThat(it.isOpen()).isFalse()));
        } finally {
            resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
