package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RunningService
@WithServers(REDIS_CLUSTER)
class IncrementIT {

    private final CacheApi.Calls application;
    private final StoredEntries stored;
    private final String key = UUID.randomUUID().toString();

    IncrementIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @Test
    void countsFromNothing() {
        assertThat(increment("{}")).isEqualTo("{\"value\":1,\"created\":true}");
        assertThat(increment("{\"amount\":41}")).isEqualTo("{\"value\":42,\"created\":false}");
        assertThat(increment("{\"amount\":-50}")).isEqualTo("{\"value\":-8,\"created\":false}");
        assertThat(increment("{\"amount\":0}")).isEqualTo("{\"value\":-8,\"created\":false}");

        application
                .get("n/" + key)
                .expectHeader()
                .contentType("application/json")
                .expectBody(String.class)
                .isEqualTo("-8");
    }

    @Test
    void hasATimeToLiveOnlyIfItIsNew() {
        increment("{\"ttl_seconds\":1000}");
        increment("{\"ttl_seconds\":5}");

        assertThat(stored.timeToLive("acme:cache:app:n:" + key))
                .isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1000));
    }

    @Test
    void keepsTypeAndTagsOfWhatWasPut() {
        application.put("n/" + key, "7").expectStatus().isCreated();

        assertThat(increment("{}")).isEqualTo("{\"value\":8,\"created\":false}");

        application.get("n/" + key).expectHeader().contentType("text/plain;charset=UTF-8");
    }

    @Test
    void givesTheTagOfTheNewValue() {
        var tag = application
                .post("n/" + key + "/increment", "{}")
                .returnResult(String.class)
                .getResponseHeaders()
                .getETag();
        assertThat(tag).isNotNull();
        application.get("n/" + key).expectHeader().valueEquals("ETag", tag);

        increment("{}");
        application
                .get("n/" + key)
                .expectHeader()
                .value("ETag", now -> assertThat(now).isNotEqualTo(tag));
    }

    @Test
    void losesNoneOfManyAtOnce() {
        long answers = Flux.range(0, 50)
                .flatMap(_ -> Mono.fromCallable(() -> increment("{}")).subscribeOn(Schedulers.boundedElastic()), 50)
                .distinct()
                .count()
                .blockOptional()
                .orElseThrow();

        assertThat(answers).isEqualTo(50);
        assertThat(increment("{}")).isEqualTo("{\"value\":51,\"created\":false}");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775806, 1, 9223372036854775807",
        "-9223372036854775807, -1, -9223372036854775808",
        "9007199254740993, 2, 9007199254740995",
        "-9223372036854775808, 9223372036854775807, -1",
    })
    void countsExactlyWith64Bits(long from, long amount, String sum) {
        increment("{\"amount\":" + from + "}");

        assertThat(increment("{\"amount\":" + amount + "}")).isEqualTo("{\"value\":" + sum + ",\"created\":false}");
        application.get("n/" + key).expectBody(String.class).isEqualTo(sum);
        application
                .post("n/mget", "{\"keys\":[\"" + key + "\"]}")
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("\"value\":" + sum + ","));
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 1", "1, 9223372036854775807", "-9223372036854775808, -1"})
    void refusesASumOfMoreThan64Bits(long from, long amount) {
        increment("{\"amount\":" + from + "}");

        conflict("{\"amount\":" + amount + "}");

        application.get("n/" + key).expectBody(String.class).isEqualTo(Long.toString(from));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1.5", "1e3", " 1", "1 ", "+1", "007", "-0", "\"1\"", "9223372036854775808", "[1]", "١"
            })
    void refusesWhatIsNoNumber(String value) {
        application.put("n/" + key, value).expectStatus().isCreated();

        conflict("{}");

        application
                .get("n/" + key)
                .expectBody(String.class)
                .value(it -> assertThat(it == null ? "" : it).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1.0", "1e3", "\"1\"", "true", "[]", "{}", "9223372036854775808", "-9223372036854775809"})
    void addsOnlyWholeNumbers(String amount) {
        refused("{\"amount\":" + amount + "}", "amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "2592001", "99999999999999999999", "\"5\""})
    void refusesTimesToLive(String ttl) {
        refused("{\"ttl_seconds\":" + ttl + "}", "ttl_seconds");
    }

    @Test
    void refusesFieldsThatItDoesNotKnow() {
        refused("{\"by\":1}", "by");
    }

    private void refused(String body, String field) {
        application
                .post("n/" + key + "/increment", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
        application.get("n/" + key).expectStatus().isNotFound();
    }

    private void conflict(String body) {
        application
                .post("n/" + key + "/increment", body)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/conflict");
    }

    private String increment(String body) {
        var response =
                application.post("n/" + key + "/increment", body).expectStatus().isOk();
        return String.valueOf(response.expectBody(String.class).returnResult().getResponseBody());
    }
}
