package dev.frontdesk.testsupport.servers;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The environment of one service under test: the addresses of its servers, a PostgreSQL database, a key space ({@code
 * FRONTDESK_ENV}), Kafka topics and secrets, different for each test. It has the same names as the environment of a deployed service.
 */
public final class TestEnvironment {

    /** No test stops a shared server: an answer that takes long comes from a busy machine. */
    private static final String PATIENT = "20s";

    private static final Set<Server> REDIS = EnumSet.of(Server.REDIS, Server.REDIS_CLUSTER);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of all environments: what one gateway has encrypted, the next one reads from the same stand-in for a service. */
    private static final String SIGNING_KEY = key();

    private final List<Object> parts = new ArrayList<>();
    private final Map<String, String> variables = new TreeMap<>();

    private TestEnvironment(List<TestServer> servers) {
        var name = "t" + HexFormat.of().formatHex(random(4));
        variables.put("FRONTDESK_ENV", "local-" + name);
        variables.put("FRONTDESK_KAFKA_TOPICPREFIX", name + ".");
        servers.forEach(server -> add(server instanceof Kafka kafka ? kafka.withTopicPrefix(name + ".") : server));
        variables.put("FRONTDESK_IDENTITY_KEY", key());
        variables.put("FRONTDESK_EVENTS_KEY", key());
        variables.put("FRONTDESK_SIGNING_KEY", SIGNING_KEY);
        variables.put("FRONTDESK_VERIFICATION_KEY", key());
        variables.put("FRONTDESK_CACHE_KEY", key());
        variables.put("FRONTDESK_OPERATOR_KEY", operatorKey());
    }

    /** With the servers that all tests of this JVM share. */
    public static TestEnvironment with(Server... shared) {
        return of(Set.of(shared), Set.of());
    }

    /** Starts missing servers, all at once: most of a server's start is waiting. */
    static TestEnvironment of(Set<Server> shared, Set<Server> own) {
        var wanted = EnumSet.noneOf(Server.class);
        wanted.addAll(shared);
        wanted.addAll(own);
        try (var each = newVirtualThreadPerTaskExecutor()) {
            var starting = wanted.stream()
                    .map(server -> supplyAsync(() -> own.contains(server) ? server.another() : server.shared(), each))
                    .toList();
            var environment = new TestEnvironment(
                    starting.stream().map(CompletableFuture::join).toList());
            if (shared.stream().anyMatch(REDIS::contains) && own.stream().noneMatch(REDIS::contains)) {
                environment.variables.put("REDIS_TIMEOUT", PATIENT);
            }
            return environment;
        }
    }

    /** Names as a service process reads them, such as {@code REDIS_URL}. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** @throws IllegalArgumentException if the server of this variable was not requested */
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not among " + variables.keySet());
        }
        return value;
    }

    /** The servers, and the database if there is one. */
    List<Object> parts() {
        return List.copyOf(parts);
    }

    private void add(TestServer server) {
        parts.add(server);
        variables.putAll(
                switch (server) {
                    case Redis redis -> Map.of("REDIS_URL", redis.url());
                    case RedisCluster cluster -> Map.of("REDIS_URL", cluster.url());
                    case RedisSentinels sentinels -> Map.of("REDIS_URL", sentinels.url());
                    case RedisTls tls -> Map.of("REDIS_URL", tls.url());
                    case Kafka kafka -> Map.of("KAFKA_SERVERS", kafka.servers());
                    case Smtp smtp -> Map.of("SMTP_HOST", smtp.host(), "SMTP_PORT", String.valueOf(smtp.port()));
                    case Postgres postgres ->
                        Map.of("POSTGRES_URL", databaseOf(postgres).url());
                });
    }

    private Database databaseOf(Postgres postgres) {
        var database = postgres.newDatabase();
        parts.add(database);
        return database;
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(random(32));
    }

    private static String operatorKey() {
        return "fdo_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
