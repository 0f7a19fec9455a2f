package dev.frontdesk.cache.entries;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Moves slots of a Redis Cluster from one master to the next, key by key, as {@code redis-cli --cluster reshard} does. */
final class MovingSlots implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;
    private static final int KEYS_AT_ONCE = 100;

    private final RedisClient client = RedisClient.create();
    private final List<Node> nodes;

    private record Node(String host, int port, StatefulRedisConnection<String, String> connection) {

        RedisCommands<String, String> commands() {
            return connection.sync();
        }

        String id() {
            return commands().clusterMyId();
        }
    }

    /** @param nodes {@code host:port} of each master */
    MovingSlots(List<String> nodes) {
        this.nodes = nodes.stream()
                .map(node -> {
                    var address = node.split(":");
                    int port = Integer.parseInt(address[1]);
                    return new Node(address[0], port, client.connect(RedisURI.create(address[0], port)));
                })
                .toList();
    }

    /**
     * Returns when all nodes know the new master.
     *
     * @param order in which the keys are moved
     * @param betweenKeys runs while some keys of the slot are at one master and some at the other
     * @return how many keys were moved
     */
    int move(int slot, Comparator<String> order, Runnable betweenKeys) {
        Node from = ownerOf(slot);
        Node to = nodes.get((nodes.indexOf(from) + 1) % nodes.size());
        to.commands().clusterSetSlotImporting(slot, from.id());
        from.commands().clusterSetSlotMigrating(slot, to.id());
        betweenKeys.run();
        int moved = 0;
        List<String> keys = from.commands().clusterGetKeysInSlot(slot, KEYS_AT_ONCE);
        while (!keys.isEmpty()) {
            for (String key : keys.stream().sorted(order).toList()) {
                from.commands().migrate(to.host(), to.port(), key, 0, TIMEOUT_MS);
                moved++;
                betweenKeys.run();
            }
            keys = from.commands().clusterGetKeysInSlot(slot, KEYS_AT_ONCE);
        }
        String id = to.id();
        to.commands().clusterSetSlotNode(slot, id);
        from.commands().clusterSetSlotNode(slot, id);
        nodes.forEach(node -> node.commands().clusterSetSlotNode(slot, id));
        return moved;
    }

    private Node ownerOf(int slot) {
        return nodes.stream()
                .filter(node -> node.commands().clusterNodes().lines().anyMatch(line -> isOwnLine(line, slot)))
                .findFirst()
                .orElseThrow();
    }

    /** {@code <id> <address> myself,master - 0 0 1 connected 0-5460 5462}. */
    private static boolean isOwnLine(String line, int slot) {
        if (!line.contains("myself,")) {
            return false;
        }
        return Pattern.compile(" (\\d+)(?:-(\\d+))?(?= |$)")
                .matcher(line.substring(line.indexOf(" connected")))
                .results()
                .anyMatch(range -> Integer.parseInt(range.group(1)) <= slot
                        && slot <= Integer.parseInt(range.group(range.group(2) == null ? 1 : 2)));
    }

    /** How often all nodes together have answered with this error, such as {@code ASK}. */
    long answered(String error) {
        var count = Pattern.compile("errorstat_" + error + ":count=(\\d+)");
        return nodes.stream()
                .flatMap(node -> count.matcher(node.commands().info("errorstats")).results())
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
