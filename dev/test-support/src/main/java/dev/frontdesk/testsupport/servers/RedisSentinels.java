package dev.frontdesk.testsupport.servers;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A real Redis with a replica, and three Sentinels of which two must agree; Redis and Sentinels have different
 * passwords.
 */
public final class RedisSentinels extends TestServer {

    static final String MASTER = "frontdesk";
    static final String PASSWORD = "only-for-tests";
    static final String OF_SENTINELS = "only-for-sentinels";

    private final List<EmbeddedHost> redis;
    private final List<EmbeddedHost> sentinels;

    RedisSentinels(List<EmbeddedHost> redis, List<EmbeddedHost> sentinels) {
        super(new HostGroup(java.util.stream.Stream.concat(sentinels.stream(), redis.stream())
                .toList()));
        this.redis = List.copyOf(redis);
        this.sentinels = List.copyOf(sentinels);
    }

    /** {@code redis-sentinel://:password@host:port,host:port,host:port/0?master=frontdesk&sentinelPassword=…}. */
    public String url() {
        return "redis-sentinel://:" + PASSWORD + "@"
                + sentinels.stream().map(it -> it.name() + ":" + it.port()).collect(joining(","))
                + "/0?master=" + MASTER + "&sentinelPassword=" + OF_SENTINELS;
    }

    /** The port of the master according to the Sentinels. */
    public int masterPort() {
        String reply = Replies.of(sentinels.getFirst(), OF_SENTINELS, "SENTINEL GET-MASTER-ADDR-BY-NAME " + MASTER);
        return redis.stream()
                .map(EmbeddedHost::port)
                .filter(port -> reply.contains("\r\n" + port + "\r\n"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No master: " + reply));
    }

    /** As {@code kill -9} does. */
    public void killMaster() {
        master().kill();
    }

    /** It stays connected but does not respond, and is replaced; until {@link #resume()}. */
    public void pauseMaster() {
        master().pause();
    }

    private EmbeddedHost master() {
        int port = masterPort();
        return redis.stream().filter(it -> it.port() == port).findFirst().orElseThrow();
    }

    /** Returns when a failover is possible: the replica has the master's data, and enough Sentinels know each other. */
    @Override
    boolean answers() {
        return Replies.of(redis.getLast(), PASSWORD, "INFO replication").contains("master_link_status:up")
                && sentinels.stream()
                        .allMatch(it -> Replies.of(it, OF_SENTINELS, "SENTINEL CKQUORUM " + MASTER)
                                        .contains("+OK 3 usable")
                                && Replies.of(it, OF_SENTINELS, "SENTINEL REPLICAS " + MASTER)
                                        .contains("\r\nmaster-link-status\r\n$2\r\nok\r\n"));
    }
}
