package dev.frontdesk.kit.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ByteArrayResource;

class EnvironmentListTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final EnvironmentList LIST = list("""
            FRONTDESK_ENV=required text
            SERVER_PORT=optional port
            REDIS_URL=required secret-redis-url
            REDIS_POOL_SIZE=optional count
            REDIS_TIMEOUT=optional duration
            REDIS_HOST=optional host
            REDIS_PORT=optional redis-port
            REDIS_PASSWORD=optional secret-password
            REDIS_DB=optional index
            REDIS_CLUSTER_NODES=optional servers
            REDIS_MAX_CONNECTIONS=optional bound
            REDIS_SOCKET_TIMEOUT=optional seconds
            REDIS_SOCKET_CONNECT_TIMEOUT=optional seconds
            REDIS_CACHE_TTL=optional whole-seconds
            POSTGRES_URL=required secret-postgres-url
            KAFKA_SERVERS=required servers
            SMTP_HOST=required text
            FRONTDESK_SERVICES_CACHE=required http-url
            FRONTDESK_IDENTITY_KEY=required secret-key
            FRONTDESK_IDENTITY_ACCEPTEDKEY=optional secret-key
            FRONTDESK_EVENTS_KEY=required secret-key
            FRONTDESK_OPERATOR_KEY=required secret-operator-key
            """);

    @Test
    void takesAProductionEnvironment() {
        assertThat(faultsOf(production())).isEmpty();
    }

    @Test
    void namesEverythingThatIsMissingAtOnce() {
        assertThat(faultsOf(Map.of("frontdesk.env", "prod", "SMTP_HOST", " ")))
                .containsExactly(
                        "FRONTDESK_EVENTS_KEY is missing",
                        "FRONTDESK_IDENTITY_KEY is missing",
                        "FRONTDESK_OPERATOR_KEY is missing",
                        "FRONTDESK_SERVICES_CACHE is missing",
                        "KAFKA_SERVERS is missing",
                        "POSTGRES_URL is missing",
                        "REDIS_URL is missing",
                        "SMTP_HOST is missing");
    }

    @Test
    void doesNotTakeAForgottenNameForALocalOne() {
        assertThat(faultsOf(Map.of()))
                .contains("FRONTDESK_ENV is missing", "FRONTDESK_IDENTITY_KEY is missing", "REDIS_URL is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prod", "prod/eu", "a b", "üretim", "a:b", "name-of-more-than-thirty-two-characters"})
    void wantsAShortPlainName(String env) {
        assertThat(faultsOf(productionWith("frontdesk.env", env)))
                .containsExactly("FRONTDESK_ENV must be 1 to 32 characters of a-z, 0-9 and -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local-t1"})
    void takesExamplesOnADevelopersMachine(String env) {
        assertThat(faultsOf(Map.of(
                        "frontdesk.env",
                        env,
                        "REDIS_URL",
                        "redis://127.0.0.1:6379",
                        "POSTGRES_URL",
                        "postgresql://frontdesk:frontdesk@127.0.0.1/frontdesk",
                        "FRONTDESK_IDENTITY_KEY",
                        base64(new byte[32]),
                        "FRONTDESK_EVENTS_KEY",
                        base64(new byte[32]))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"locale", "localhost", "prod-local", "test"})
    void knowsNoOtherLocalName(String env) {
        assertThat(faultsOf(productionWith("frontdesk.env", env, "FRONTDESK_IDENTITY_KEY", base64(new byte[32]))))
                .containsExactly("FRONTDESK_IDENTITY_KEY is an example or a pattern, not a random secret");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    FRONTDESK_IDENTITY_KEY | change-me                                        | must be base64 of 32 random bytes
                    FRONTDESK_IDENTITY_KEY | c2hvcnQ=                                         | must be base64 of 32 random bytes
                    FRONTDESK_IDENTITY_KEY | AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=     | is an example or a pattern, not a random secret
                    FRONTDESK_OPERATOR_KEY | fdo_changeme                                     | must be fdo_ and 43 base64url characters, which are 32 random bytes
                    FRONTDESK_OPERATOR_KEY | fdo_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk  | is an example or a pattern, not a random secret
                    FRONTDESK_OPERATOR_KEY | fdo_9xREPLACEwQmZ8rT2vB5nK7pL0sD3fG6hJ1yU4iO-aE  | is an example or a pattern, not a random secret
                    REDIS_URL              | redis.example:6379                               | must be redis://:password@host:port, with several hosts for a Cluster, redis-sentinel:// and ?master= for Sentinel, rediss:// or rediss-sentinel:// for TLS
                    REDIS_URL              | redis://:<password>@redis:6379                   | must be redis://:password@host:port, with several hosts for a Cluster, redis-sentinel:// and ?master= for Sentinel, rediss:// or rediss-sentinel:// for TLS
                    REDIS_URL              | redis://redis:6379                               | has no password
                    REDIS_URL              | redis://:@redis:6379                             | has no password
                    REDIS_URL              | redis://:tT9k2mZx@redis:6379                     | has a password of fewer than 16 characters
                    REDIS_URL              | redis://change-me-change-me@redis:6379           | has an example or a pattern as password, not a random one
                    REDIS_URL              | rediss://app:change%2Dme-0f9a7c41@redis:6379     | has an example or a pattern as password, not a random one
                    REDIS_URL              | redis://:0f9a7c41b6d2e835@h1:6379,h2:6379/1      | has a database, but a Redis Cluster only has database 0
                    REDIS_URL              | redis-sentinel://:0f9a7c41b6d2e835@h1,h2         | needs the name of a master in ?master=
                    REDIS_URL              | redis-sentinel://:0f9a7c41b6d2e835@h1?master=m&sentinelPassword=short | has a password of fewer than 16 characters
                    REDIS_POOL_SIZE        | 0                                                | must be a number, 1 to 999
                    REDIS_HOST             | redis:6379                                       | must be a host name or address, without a port
                    REDIS_HOST             | fe:6379                                          | must be a host name or address, without a port
                    REDIS_HOST             | :hunter2@redis                                   | must be a host name or address, without a port
                    REDIS_PORT             | six                                              | must be a port, 1 to 65535
                    REDIS_PORT             | 0                                                | must be a port, 1 to 65535
                    REDIS_PORT             | 65536                                            | must be a port, 1 to 65535
                    REDIS_PASSWORD         | tT9k2mZx                                         | has fewer than 16 characters
                    REDIS_PASSWORD         | change-me-0f9a7c41-b6d2                          | is an example or a pattern, not a random password
                    REDIS_DB               | -1                                               | must be a database number, such as 0
                    REDIS_DB               | main                                             | must be a database number, such as 0
                    REDIS_CLUSTER_NODES    | h1,h2                                            | must be host:port,host:port
                    REDIS_MAX_CONNECTIONS  | 0                                                | must be a number, at least 1
                    REDIS_MAX_CONNECTIONS  | many                                             | must be a number, at least 1
                    REDIS_MAX_CONNECTIONS  | 2                                                | must be at least 3: REDIS_POOL_SIZE, and two for pub/sub
                    REDIS_SOCKET_TIMEOUT   | 500ms                                            | must be a number of seconds, such as 5 or 0.5
                    REDIS_SOCKET_TIMEOUT   | 0                                                | must be a number of seconds, such as 5 or 0.5
                    REDIS_SOCKET_TIMEOUT   | 0.0004                                           | must be a number of seconds, such as 5 or 0.5
                    REDIS_SOCKET_TIMEOUT   | 3601                                             | must be a number of seconds, such as 5 or 0.5
                    REDIS_SOCKET_CONNECT_TIMEOUT | -1                                         | must be a number of seconds, such as 5 or 0.5
                    REDIS_SOCKET_CONNECT_TIMEOUT | 1e3                                        | must be a number of seconds, such as 5 or 0.5
                    REDIS_CACHE_TTL        | 0                                                | must be a whole number of seconds, 1 to 2592000
                    REDIS_CACHE_TTL        | 1.5                                              | must be a whole number of seconds, 1 to 2592000
                    REDIS_CACHE_TTL        | 2592001                                          | must be a whole number of seconds, 1 to 2592000
                    REDIS_TIMEOUT          | fast                                             | must be a duration, such as 500ms or 2s
                    REDIS_TIMEOUT          | 0s                                               | must be a duration, such as 500ms or 2s
                    POSTGRES_URL           | mysql://u:9f86d081884c7d659a2feaa0@db/d          | must be postgresql://user:password@host:port/database, optionally with sslmode and sslrootcert
                    POSTGRES_URL           | postgresql://frontdesk@db/frontdesk              | has no password
                    POSTGRES_URL           | postgresql://frontdesk:frontdesk@db/frontdesk    | has a password of fewer than 16 characters
                    POSTGRES_URL           | postgresql://front%3Adesk-of-acme:secret@db/d    | has a password of fewer than 16 characters
                    POSTGRES_URL           | postgresql://u:postgres-password-1@db/d          | has an example or a pattern as password, not a random one
                    KAFKA_SERVERS          | kafka                                            | must be host:port,host:port
                    SERVER_PORT            | 70000                                            | must be a port, 0 to 65535
                    FRONTDESK_SERVICES_CACHE | cache-service:8080                             | must be http://host:port
                    """, delimiter = '|')
    void saysWhatIsWrongWithoutTheValue(String name, String value, String fault) {
        assertThat(faultsOf(productionWith(name, value))).containsExactly(name + " " + fault);
    }

    @Test
    void refusesOneKeyForTwoUses() {
        byte[] key = random(32);

        assertThat(faultsOf(productionWith("FRONTDESK_IDENTITY_KEY", base64(key), "FRONTDESK_EVENTS_KEY", base64(key))))
                .containsExactly("FRONTDESK_IDENTITY_KEY must differ from FRONTDESK_EVENTS_KEY");
        assertThat(faultsOf(productionWith("FRONTDESK_IDENTITY_KEY", base64(key), "FRONTDESK_OPERATOR_KEY", fdo(key))))
                .containsExactly("FRONTDESK_OPERATOR_KEY must differ from FRONTDESK_IDENTITY_KEY");
    }

    @Test
    void takesOneKeyTwiceForOneUse() {
        String key = base64(random(32));

        assertThat(faultsOf(productionWith("FRONTDESK_IDENTITY_KEY", key, "FRONTDESK_IDENTITY_ACCEPTEDKEY", key)))
                .isEmpty();
        assertThat(faultsOf(productionWith("FRONTDESK_EVENTS_KEY", key, "FRONTDESK_IDENTITY_ACCEPTEDKEY", key)))
                .containsExactly("FRONTDESK_IDENTITY_ACCEPTEDKEY must differ from FRONTDESK_EVENTS_KEY");
    }

    @Test
    void takesAVariableAlsoAsTheProperty() {
        var environment = new HashMap<>(production());
        environment.put("frontdesk.identity.key", environment.remove("FRONTDESK_IDENTITY_KEY"));

        assertThat(faultsOf(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=required", "A=sometimes text", "A=required riddle"})
    void wantsAReadableList(String line) {
        assertThatThrownBy(() -> list(line)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> faultsOf(Map<String, String> environment) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("environment", Map.copyOf(environment)));
        return LIST.faultsIn(new PropertySourcesPropertyResolver(sources));
    }

    private static Map<String, String> productionWith(String... changes) {
        var environment = new HashMap<>(production());
        for (int i = 0; i < changes.length; i += 2) {
            environment.put(changes[i], changes[i + 1]);
        }
        return environment;
    }

    private static Map<String, String> production() {
        return Map.of(
                "frontdesk.env",
                "prod",
                "REDIS_URL",
                "redis://:" + HexFormat.of().formatHex(random(16)) + "@redis:6379",
                "POSTGRES_URL",
                "postgresql://frontdesk:" + HexFormat.of().formatHex(random(16)) + "@db:5432/frontdesk",
                "KAFKA_SERVERS",
                "kafka-0.kafka:9092,[::1]:9092",
                "SMTP_HOST",
                "mail.example.org",
                "FRONTDESK_SERVICES_CACHE",
                "http://cache-service:8080",
                "FRONTDESK_IDENTITY_KEY",
                base64(random(32)),
                "FRONTDESK_EVENTS_KEY",
                base64(random(32)),
                "FRONTDESK_OPERATOR_KEY",
                fdo(random(32)));
    }

    private static EnvironmentList list(String text) {
        return EnvironmentList.read(new ByteArrayResource(text.getBytes(UTF_8)));
    }

    private static String fdo(byte[] key) {
        return "fdo_" + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
