package dev.frontdesk.testsupport.servers;

/**
 * The servers of this test JVM: one of each kind, shared by all its tests, started at the first use and stopped with
 * the JVM. They run in containers if a Docker engine answers, otherwise from binaries on Maven Central; the system
 * property {@code frontdesk.test.servers} or the environment variable {@code FRONTDESK_TEST_SERVERS} overrides that.
 *
 * <p>Tests of one JVM do not affect each other: each uses its own database and random keys. A test that stops or
 * freezes a server uses a private one.
 */
public final class TestServers {

    private static final Lazy<Servers> CHOSEN = new Lazy<>(TestServers::choose);
    private static final Lazy<Redis> REDIS =
            new Lazy<>(() -> shared(CHOSEN.get().redis()));
    private static final Lazy<RedisCluster> REDIS_CLUSTER = new Lazy<>(() -> shared(EmbeddedRedis.cluster()));
    private static final Lazy<Postgres> POSTGRES =
            new Lazy<>(() -> shared(CHOSEN.get().postgres()));
    private static final Lazy<Kafka> KAFKA =
            new Lazy<>(() -> shared(CHOSEN.get().kafka()));
    private static final Lazy<Smtp> SMTP = new Lazy<>(() -> shared(CHOSEN.get().smtp()));

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
        return CHOSEN.get().redis();
    }

    public static RedisCluster privateRedisCluster() {
        return EmbeddedRedis.cluster();
    }

    public static RedisSentinels privateRedisSentinels() {
        return EmbeddedRedis.sentinels();
    }

    public static RedisTls privateRedisTls() {
        return EmbeddedRedis.tls();
    }

    public static Postgres privatePostgres() {
        return CHOSEN.get().postgres();
    }

    public static Kafka privateKafka() {
        return CHOSEN.get().kafka();
    }

    public static Smtp privateSmtp() {
        return CHOSEN.get().smtp();
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

    private static <S extends TestServer> S shared(S server) {
        server.share();
        return server;
    }
}
