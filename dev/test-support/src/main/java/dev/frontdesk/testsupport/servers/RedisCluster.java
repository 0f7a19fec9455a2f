package dev.frontdesk.testsupport.servers;

import java.util.List;

/** A real Redis Cluster of three masters without a password. */
public final class RedisCluster extends TestServer {

    private final HostGroup nodes;

    RedisCluster(HostGroup nodes) {
        super(nodes);
        this.nodes = nodes;
    }

    /** {@code redis://host:port,host:port,host:port}. */
    public String url() {
        return "redis://" + String.join(",", nodes());
    }

    /** {@code host:port} of each master. */
    public List<String> nodes() {
        return nodes.members().stream()
                .map(node -> node.name() + ":" + node.port())
                .toList();
    }

    /**
     * Freezes one master until {@link #resume()}. Its slots are unavailable at once, all slots once the others have
     * noticed.
     */
    public void pauseOne() {
        mine();
        nodes.members().getLast().pause();
    }

    /** Returns when each node knows the others, and has waited as long as a restarted master does. */
    @Override
    boolean answers() {
        return nodes.members().stream()
                .allMatch(node -> Replies.of(node, "CLUSTER INFO").contains("cluster_state:ok"));
    }
}
