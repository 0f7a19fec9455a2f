package dev.frontdesk.testsupport.servers;

import java.util.function.Supplier;

/** The servers that a test can request for its service. */
public enum Server {
    REDIS(TestServers::redis, TestServers::privateRedis),
    /** Three masters, always from the binaries; they need two seconds to agree. */
    REDIS_CLUSTER(TestServers::redisCluster, TestServers::privateRedisCluster),
    /** A master, a replica and three Sentinels, always from the binaries; never shared. */
    REDIS_SENTINELS(TestServers::privateRedisSentinels, TestServers::privateRedisSentinels),
    /** With TLS and an ACL user, always from the binaries. */
    REDIS_TLS(TestServers::privateRedisTls, TestServers::privateRedisTls),
    POSTGRES(TestServers::postgres, TestServers::privatePostgres),
    KAFKA(TestServers::kafka, TestServers::privateKafka),
    SMTP(TestServers::smtp, TestServers::privateSmtp);

    private final Supplier<TestServer> shared;
    private final Supplier<TestServer> another;

    Server(Supplier<TestServer> shared, Supplier<TestServer> another) {
        this.shared = shared;
        this.another = another;
    }

    TestServer shared() {
        return shared.get();
    }

    TestServer another() {
        return another.get();
    }
}
