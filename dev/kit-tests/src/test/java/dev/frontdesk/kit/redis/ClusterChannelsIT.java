package dev.frontdesk.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The pub/sub connection to a Redis Cluster. */
class ClusterChannelsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void hearsWhatIsPublishedAnywhereInTheCluster() {
        var servers = TestServers.redisCluster();
        var factory = new LettuceConnectionFactory(new RedisClusterConfiguration(servers.nodes()));
        factory.afterPropertiesSet();
        factory.start();
        var connection = new PubSubConnection(factory);
        List<String> heard = new CopyOnWriteArrayList<>();
        connection.tell(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                heard.add(message);
            }
        });
        try {
            connection.start();
            await().atMost(SOON).ignoreExceptions().until(() -> {
                connection.subscribe("news").block(SOON);
                return true;
            });
            publishFromEachOf(servers.nodes());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrderElementsOf(servers.nodes()));
        } finally {
            connection.stop();
            factory.destroy();
        }
    }

    private static void publishFromEachOf(List<String> nodes) {
        for (String node : nodes) {
            var one = new LettuceConnectionFactory(
                    node.substring(0, node.indexOf(':')), Integer.parseInt(node.substring(node.indexOf(':') + 1)));
            one.afterPropertiesSet();
            one.start();
            new StringRedisTemplate(one).convertAndSend("news", node);
            one.destroy();
        }
    }
}
