package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@RunningService
@WithServers(REDIS_CLUSTER)
class TtlIT {

    private final CacheApi.Calls application;
    private final StoredEntries stored;
    private final String key = UUID.randomUUID().toString();

    TtlIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @Test
    void saysHowLongAnEntryIsKept() {
        application.put("n/" + key + "?ttl_seconds=1000", "x");

        assertThat(ttl()).isBetween(900, 1000);
    }

    @Test
    void saysMinus2ForAnEntryThatDoesNotExist() {
        assertThat(ttl()).isEqualTo(-2);

        application.put("n/" + key, "x");
        application.delete("n/" + key);
        assertThat(ttl()).isEqualTo(-2);
    }

    @Test
    void isChangedWithoutTheValue() {
        application.put("n/" + key + "?ttl_seconds=1000", "x");
        String tag = tag();

        application
                .patch("n/" + key + "/ttl", "{\"ttl_seconds\":5000}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"ttl_seconds\":5000}");

        assertThat(ttl()).isBetween(4900, 5000);
        assertThat(stored.timeToLive("acme:cache:app:n:" + key))
                .isBetween(Duration.ofSeconds(4900), Duration.ofSeconds(5000));
        assertThat(tag()).isEqualTo(tag);
        application.get("n/" + key).expectBody(String.class).isEqualTo("x");
    }

    @Test
    void isNotChangedOfAnEntryThatDoesNotExist() {
        application
                .patch("n/" + key + "/ttl", "{\"ttl_seconds\":5}")
                .expectStatus()
                .isNotFound();

        assertThat(stored.timesToLive()).doesNotContainKey("acme:cache:app:n:" + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ttl_seconds\":null}",
                "{\"ttl_seconds\":0}",
                "{\"ttl_seconds\":-1}",
                "{\"ttl_seconds\":1.5}",
                "{\"ttl_seconds\":1e3}",
                "{\"ttl_seconds\":2592001}",
                "{\"ttl_seconds\":9223372036854775807}",
                "{\"ttl_seconds\":9223372036854775808}",
                "{\"ttl_seconds\":\"5\"}"
            })
    void refusesOthers(String body) {
        application.put("n/" + key + "?ttl_seconds=1000", "x");

        application
                .patch("n/" + key + "/ttl", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("ttl_seconds");

        assertThat(ttl()).isBetween(900, 1000);
    }

    private int ttl() {
        var body = application
                .get("n/" + key + "/ttl")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
        return JsonMapper.shared()
                .readTree(requireNonNull(body.getResponseBody()))
                .get("ttl_seconds")
                .asInt();
    }

    private String tag() {
        return requireNonNull(application
                .get("n/" + key)
                .returnResult(String.class)
                .getResponseHeaders()
                .getETag());
    }
}
