package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.cache.CacheApplication;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that is configured with the variables of older documents. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("asserts what the whole JVM prints")
class LegacyVariablesIT {

    private final Redis redis = TestServers.redis();
    private final String key = UUID.randomUUID().toString();

    @Test
    void findsRedisByItsPartsAndKeepsEntriesForTheTimeThatTheySay() {
        try (var service = start(
                "--REDIS_HOST=" + redis.host(),
                "--REDIS_PORT=" + redis.port(),
                "--REDIS_MAX_CONNECTIONS=20",
                "--REDIS_SOCKET_TIMEOUT=5",
                "--REDIS_SOCKET_CONNECT_TIMEOUT=2.5",
                "--REDIS_CACHE_TTL=120")) {
            var api = service.getBean(CacheApi.class).as(application(ACME));
            api.put("n/" + key, "x").expectStatus().isCreated();

            assertThat(service.getBean(StoredEntries.class).timesToLive().entrySet())
                    .filteredOn(entry -> entry.getKey().contains(key))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.getValue()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120)));
            assertThat(service.getEnvironment().getProperty("spring.data.redis.timeout", Duration.class))
                    .isEqualTo(Duration.ofSeconds(5));
            assertThat(service.getEnvironment().getProperty("spring.data.redis.connect-timeout", Duration.class))
                    .isEqualTo(Duration.ofMillis(2500));
        }
    }

    @Test
    void doesNotStartWithAnInvalidOneAndNamesIt(CapturedOutput output) {
        assertThatThrownBy(() -> start("--REDIS_HOST=:hunter2@redis", "--REDIS_CACHE_TTL=1.5"));

        assertThat(output)
                .contains("cache-service can't start with this environment:"
                        + " REDIS_CACHE_TTL must be a whole number of seconds, 1 to 2592000;"
                        + " REDIS_HOST must be a host name or address, without a port.")
                .doesNotContain("hunter2")
                .doesNotContain("\tat ");
    }

    private static ConfigurableApplicationContext start(String... variables) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--FRONTDESK_ENV=local-variables",
                "--REDIS_URL=",
                "--frontdesk.identity.key=" + Base64.getEncoder().encodeToString(new byte[32]),
"--frontdesk.cache.key=" + Base64.getEncoder().encodeToString(new byte[32])));
        all.addAll(List.of(variables));
        return new SpringApplicationBuilder(CacheApplication.class, CacheApi.class, StoredEntries.class)
                .run(all.toArray(String[]::new));
    }
}
