package dev.frontdesk.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

class RedisVariablesTest {

    private static final String PASSWORD = "p@ss+w0rd/%:#? x";

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''                                              | host=127.0.0.1 port=6379 database=0
            REDIS_HOST=redis                                | host=redis port=6379 database=0
            REDIS_HOST=redis REDIS_PORT=6380 REDIS_DB=3     | host=redis port=6380 database=3
            REDIS_HOST=::1 REDIS_PORT=6380                  | host=[::1] port=6380 database=0
            REDIS_PORT=6380                                 | host=127.0.0.1 port=6380 database=0
            REDIS_HOST=redis REDIS_PORT=tcp://10.0.0.1:6379 | host=redis port=6379 database=0
            REDIS_CLUSTER_NODES=a:7000                      | cluster.nodes=a:7000 database=0
            REDIS_CLUSTER_NODES=a:7000,b:7001 REDIS_DB=0    | cluster.nodes=a:7000,b:7001 database=0
            REDIS_URL=redis://u:4 REDIS_HOST=h REDIS_DB=3   | host=u port=4 database=0
            REDIS_URL= REDIS_HOST=h REDIS_PORT= REDIS_DB=   | host=h port=6379 database=0
            REDIS_URL=redis://u:4 REDIS_CLUSTER_NODES=a:1   | host=u port=4 database=0
            """, delimiter = '|')
    void findRedisByItsAddressOrElseByItsParts(String said, String expected) {
        var redis = new HashMap<String, String>();
        settings(said).forEach((name, value) -> redis.put(name.replace("spring.data.redis.", ""), value.toString()));

        assertThat(redis).isEqualTo(map(expected));
    }

    @Test
    void takeAPasswordAsItIs() {
        var environment = new HashMap<>(Map.<String, Object>of("REDIS_HOST", "redis", "REDIS_PASSWORD", PASSWORD));
        assertThat(variables(environment).settings()).containsEntry("spring.data.redis.password", PASSWORD);

        environment.remove("REDIS_HOST");
        environment.put("REDIS_CLUSTER_NODES", "a:7000, b:7001");
        assertThat(variables(environment).settings())
                .containsEntry("spring.data.redis.password", PASSWORD)
                .containsEntry("spring.data.redis.cluster.nodes", "a:7000,b:7001");
    }

    @Test
    void takeThePasswordBesideAnAddressThatHasNone() {
        for (String url : List.of(
                "redis://redis",
                "rediss://redis:7000/2",
                "redis://s1:26379,s2:26379,main",
                "redis-sentinel://s1:26379?master=main&sentinelpassword=p@ss")) {
            var settings = variables(new HashMap<>(Map.of("REDIS_URL", url, "REDIS_PASSWORD", PASSWORD)))
                    .settings();
            assertThat(settings).containsEntry("spring.data.redis.password", PASSWORD);
        }
        var own = new HashMap<String, Object>(Map.of("REDIS_URL", "redis://own@redis", "REDIS_PASSWORD", PASSWORD));
        assertThat(variables(own).settings()).containsEntry("spring.data.redis.password", "own");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            REDIS_SOCKET_TIMEOUT=5                        | timeout         | 5000ms
            REDIS_SOCKET_TIMEOUT=0.25                     | timeout         | 250ms
            REDIS_TIMEOUT=2s REDIS_SOCKET_TIMEOUT=        | timeout         | 2s
            REDIS_TIMEOUT= REDIS_SOCKET_TIMEOUT=1         | timeout         | 1000ms
            REDIS_SOCKET_CONNECT_TIMEOUT=1.5              | connect-timeout | 1500ms
            REDIS_CONNECT_TIMEOUT=700ms                   | connect-timeout | 700ms
            """, delimiter = '|')
    void takeATimeUnderEitherName(String said, String setting, String time) {
        assertThat(settings(said)).containsEntry("spring.data.redis." + setting, time);
    }

    @Test
    void sayNothingOfWhatIsNotSet() {
        assertThat(settings("REDIS_TIMEOUT= REDIS_POOL_SIZE= REDIS_CACHE_TTL= REDIS_MAX_CONNECTIONS="))
                .containsOnlyKeys("spring.data.redis.host", "spring.data.redis.port", "spring.data.redis.database");
        assertThat(settings("REDIS_CACHE_TTL=60 REDIS_POOL_SIZE=2"))
                .containsEntry("frontdesk.cache.entries.default-ttl", "60s")
                .containsEntry("frontdesk.redis.connections", "2");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''                                                   | REDIS_URL is missing
            REDIS_URL=                                           | REDIS_URL is missing
            REDIS_PASSWORD=hunter2hunter2xyz                     | REDIS_HOST is missing
            REDIS_HOST=redis                                     | REDIS_PASSWORD is missing
            REDIS_CLUSTER_NODES=a:7000                           | REDIS_PASSWORD is missing
            REDIS_HOST=a REDIS_CLUSTER_NODES=a:1 REDIS_PASSWORD=hunter2 | REDIS_HOST must not be set together with REDIS_CLUSTER_NODES
            REDIS_PORT=1 REDIS_CLUSTER_NODES=a:1 REDIS_PASSWORD=hunter2 | REDIS_PORT must not be set together with REDIS_CLUSTER_NODES
            REDIS_DB=1 REDIS_CLUSTER_NODES=a:1 REDIS_PASSWORD=hunter2   | REDIS_DB must be 0 with REDIS_CLUSTER_NODES: a Redis Cluster has no other
            REDIS_CLUSTER_NODES=a:70000 REDIS_PASSWORD=hunter2   | REDIS_CLUSTER_NODES has an invalid port
            REDIS_HOST=[::1 REDIS_PASSWORD=hunter2               | REDIS_HOST must have host:port, or host:port,host:port
            REDIS_URL=redis://u REDIS_TIMEOUT=1s REDIS_SOCKET_TIMEOUT=2 | REDIS_SOCKET_TIMEOUT must have the same value as REDIS_TIMEOUT
            REDIS_URL=redis://u REDIS_CONNECT_TIMEOUT=1s REDIS_SOCKET_CONNECT_TIMEOUT=2 | REDIS_SOCKET_CONNECT_TIMEOUT must have the same value as REDIS_CONNECT_TIMEOUT
            REDIS_URL=redis://u REDIS_MAX_CONNECTIONS=5 REDIS_POOL_SIZE=4 | REDIS_MAX_CONNECTIONS must be at least 6: REDIS_POOL_SIZE, and two for pub/sub
            """, delimiter = '|')
    void sayWhatContradictsItself(String said, String fault) {
        assertThat(variables(objects(said)).faults(false)).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            REDIS_URL=redis://u REDIS_CLUSTER_NODES=a:1 REDIS_HOST=b REDIS_DB=1
            REDIS_URL=redis://u REDIS_TIMEOUT=500ms REDIS_SOCKET_TIMEOUT=0.5
            REDIS_URL=redis://u REDIS_MAX_CONNECTIONS=3
            REDIS_URL=redis://u REDIS_MAX_CONNECTIONS=50 REDIS_POOL_SIZE=4
            REDIS_CLUSTER_NODES=a:1 REDIS_DB=0 REDIS_PASSWORD=x REDIS_HOST= REDIS_PORT=tcp://10.0.0.1:6379
            REDIS_HOST=h REDIS_PASSWORD=x
            """)
    void takeWhatDoesNot(String said) {
        assertThat(variables(objects(said)).faults(false)).isEmpty();
    }

    @Test
    void needNothingOnADevelopersMachine() {
        assertThat(variables(Map.of()).faults(true)).isEmpty();
        assertThat(variables(Map.of("REDIS_HOST", "h")).faults(true)).isEmpty();
    }

    private static Map<String, Object> settings(String said) {
        return variables(objects(said)).settings();
    }

    private static Map<String, Object> objects(String said) {
        return new HashMap<>(map(said));
    }

    private static Map<String, String> map(String words) {
        var found = new HashMap<String, String>();
        for (String pair : List.of(words.split(" "))) {
            if (!pair.isEmpty()) {
                found.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return found;
    }

    private static RedisVariables variables(Map<String, Object> environment) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("environment", environment));
        return new RedisVariables(new PropertySourcesPropertyResolver(sources));
    }
}
