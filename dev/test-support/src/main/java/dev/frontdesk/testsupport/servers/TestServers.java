package dev.frontdesk.testsupport.servers;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The servers of this test JVM: one of each kind, shared by all its tests and started at the first use. Redis,
 * PostgreSQL and Kafka are those of the whole Maven build, see {@link BuildServers}; the others stop with the JVM. They run in containers if a Docker engine answers, otherwise from binaries on Maven Central; the system
 * property {@code frontdesk.test.servers} or the environment variable {@code FRONTDESK_TEST_SERVERS} overrides that.
 *
 * <p>Tests of one JVM do not affect each other: each uses its own database, topics and random keys. A test that stops or
 * freezes a server uses a private one.
 */
public final class TestServers {

    private static final Lazy<Servers> CHOSEN = new Lazy<>(TestServers::choose);
    private static final Lazy<Redis> REDIS =
            new Lazy<>(() -> shared(ofTheBuild("redis", Redis::new, TestServers::privateRedis)));
    private static final Lazy<RedisCluster> REDIS_CLUSTER = new Lazy<>(() -> shared(privateRedisCluster()));
    private static final Lazy<Postgres> POSTGRES =
            new Lazy<>(() -> shared(ofTheBuild("postgres", Postgres::new, TestServers::privatePostgres)));
    private static final Lazy<Kafka> KAFKA =
            new Lazy<>(() -> shared(ofTheBuild("kafka", Kafka::new, TestServers::privateKafka)));
    private static final Lazy<Smtp> SMTP = new Lazy<>(() -> shared(privateSmtp()));

    private TestServers() {}

    public static Redis redis() {
        return REDIS.get();
    }

    public static RedisCluster redisCluster() {
        return REDIS_CLUSTER.get();
    }

    public static Postgres postgres() {
        return POSTGRES.get();
    }

    public static Kafka kafka() {
        return KAFKA.get();
    }

    public static Smtp smtp() {
        return SMTP.get();
    }

    public static Redis privateRedis() {
        return StartTimes.ofServer("redis", () -> CHOSEN.get().redis());
    }

    public static RedisCluster privateRedisCluster() {
        return StartTimes.ofServer("redis-cluster", EmbeddedRedis::cluster);
    }

    public static RedisSentinels privateRedisSentinels() {
        return StartTimes.ofServer("redis-sentinels", EmbeddedRedis::sentinels);
    }

    public static RedisTls privateRedisTls() {
        return StartTimes.ofServer("redis-tls", EmbeddedRedis::tls);
    }

    public static Postgres privatePostgres() {
        return StartTimes.ofServer("postgres", () -> CHOSEN.get().postgres());
    }

    public static Kafka privateKafka() {
        return StartTimes.ofServer("kafka", () -> CHOSEN.get().kafka());
    }

    public static Smtp privateSmtp() {
        return StartTimes.ofServer("smtp", () -> CHOSEN.get().smtp());
    }

    private static Servers choose() {
        var choice = ServerChoice.of(
                System.getProperty(ServerChoice.PROPERTY), System.getenv(ServerChoice.VARIABLE), Docker::answers);
        System.out.println("Test servers: " + choice);
        return switch (choice.source()) {
            case CONTAINERS -> new ContainerServers();
            case EMBEDDED -> new EmbeddedServers();
        };
    }

    private static <S extends TestServer> S ofTheBuild(String name, Function<Host, S> as, Supplier<S> another) {
        return BuildServers.ofThisBuild()
                .map(servers -> as.apply(servers.host(name)))
                .orElseGet(another);
    }

    private static <S extends TestServer> S shared(S server) {
        server.share();
        return server;
    }
}
