package dev.frontdesk.kit.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Connects to every master of a Cluster before a command needs it. Lettuce would connect at the first command, and
 * rejects that command if commands may not wait for a connection.
 */
final class ClusterNodes {

    private static final Logger log = LoggerFactory.getLogger(ClusterNodes.class);

    private ClusterNodes() {}

    /**
     * @return completes when every connection is open or has failed within the connect timeout: the other masters can
     *     work without a failed one
     */
    static CompletableFuture<Void> connect(StatefulConnection<?, ?> connection) {
        return connection instanceof StatefulRedisClusterConnection<?, ?> cluster
                ? CompletableFuture.allOf(cluster.getPartitions().stream()
                                .filter(ClusterNodes::takesCommands)
                                .map(node -> cluster.getConnectionAsync(
                                        node.getUri().getHost(), node.getUri().getPort()))
                                .toArray(CompletableFuture<?>[]::new))
                        .exceptionally(ClusterNodes::report)
                : CompletableFuture.completedFuture(null);
    }

    /** Does the same for masters that are added or promoted later. */
    static Disposable follow(RedisClusterClient client, List<? extends StatefulConnection<?, ?>> connections) {
        return client.getResources()
                .eventBus()
                .get()
                .ofType(ClusterTopologyChangedEvent.class)
                .subscribe(_ -> connections.forEach(ClusterNodes::connect));
    }

    @SuppressWarnings("NullAway") // A Void has no other value.
    private static Void report(Throwable error) {
        log.debug("A master of the Redis Cluster is not reachable yet: {}", error.toString());
        return null;
    }

    private static boolean takesCommands(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty();
    }
}
