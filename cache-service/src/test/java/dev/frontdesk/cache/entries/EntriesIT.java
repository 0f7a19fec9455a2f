package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

@RunningService
@WithServers(REDIS_CLUSTER)
class EntriesIT {

    private final CacheApi.Calls application;
    private final StoredEntries stored;
    private final String key = UUID.randomUUID().toString();

    EntriesIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @AfterEach
    void nothingIsStoredForEver() {
        assertThat(stored.timesToLive().values()).allMatch(Duration::isPositive);
    }

    @Test
    void givesBackWhatWasPut() {
        application
                .send(PUT, "menu/" + key)
                .contentType(MediaType.parseMediaType("application/json;charset=UTF-8"))
                .bodyValue("{\"soup\": \"mercimek çorbası\"}")
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectBody()
                .isEmpty();

        application
                .get("menu/" + key)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Type", "application/json;charset=UTF-8")
                .expectBody(String.class)
                .isEqualTo("{\"soup\": \"mercimek çorbası\"}");
    }

    @Test
    void keepsEveryByte() {
        var bytes = new byte[1024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        application
                .send(PUT, "n/" + key)
                .contentType(MediaType.IMAGE_PNG)
                .bodyValue(bytes)
                .exchange()
                .expectStatus()
                .isNoContent();

        application
                .get("n/" + key)
                .expectHeader()
                .contentType(MediaType.IMAGE_PNG)
                .expectBody(byte[].class)
                .isEqualTo(bytes);
    }

    @Test
    void keepsAnEmptyValueOfNoType() {
        application.send(PUT, "n/" + key).exchange().expectStatus().isNoContent();

        application
                .get("n/" + key)
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .expectHeader()
                .contentLength(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "application/x-ndjson",
                "multipart/form-data; boundary=b",
                "application/problem+json"
            })
    void takesTypesThatHaveAMeaningElsewhere(String type) {
        application
                .send(PUT, "n/" + key)
                .header("Content-Type", type)
                .bodyValue("--b--".getBytes())
                .exchange()
                .expectStatus()
                .isNoContent();

        application
                .send(GET, "n/" + key)
                .header("Accept", "text/html")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(type.replace("; ", ";"))
                .expectBody(byte[].class)
                .isEqualTo("--b--".getBytes());
    }

    @Test
    void isNeitherShownNorRunByABrowser() {
        application
                .send(PUT, "n/" + key)
                .contentType(MediaType.TEXT_HTML)
                .bodyValue("<script>alert(1)</script>")
                .exchange();

        application
                .get("n/" + key)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Content-Security-Policy", "default-src 'none'; sandbox")
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment");
    }

    @Test
    void replacesValueTypeAndTimeToLive() {
        application
                .send(PUT, "n/" + key + "?ttl=1000")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("a long first value")
                .exchange();
        application
                .send(PUT, "n/" + key + "?ttl=10")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("2")
                .exchange();

        application
                .get("n/" + key)
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(String.class)
                .isEqualTo("2");
        assertThat(stored.timeToLive("acme:cache:app:n:" + key))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void keepsAnHourUnlessToldOtherwise() {
        application.put("n/" + key, "x");

        assertThat(stored.timeToLive("acme:cache:app:n:" + key)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void saysHowLongItIsKept() {
        application.put("n/" + key + "?ttl=2592000", "x").expectStatus().isNoContent();

        application
                .get("n/" + key)
                .expectHeader()
                .value("Cache-Control", value -> assertThat(value).matches("private, no-cache, max-age=25919\\d\\d"));
    }

    @Test
    void isGoneWhenItsTimeIsOver() {
        application.put("n/" + key + "?ttl=1", "x").expectStatus().isNoContent();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> application.get("n/" + key).expectStatus().isNotFound());
        assertThat(stored.timesToLive()).doesNotContainKey("acme:cache:app:n:" + key);
    }

    @Test
    void isDeletedOnceAndForAll() {
        application.put("n/" + key, "x");

        application.delete("n/" + key).expectStatus().isNoContent();
        application.delete("n/" + key).expectStatus().isNoContent();

        application
                .get("n/" + key)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/not-found");
    }

    @Test
    void isNotSentAgainToWhoHasIt() {
        var tag = application
                .put("n/" + key, "x")
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();
        assertThat(tag).isNotNull();
        application.get("n/" + key).expectHeader().valueEquals("ETag", tag);

        application
                .send(GET, "n/" + key)
                .ifNoneMatch(tag)
                .exchange()
                .expectStatus()
                .isNotModified();

        application.put("n/" + key, "y");
        application
                .send(GET, "n/" + key)
                .ifNoneMatch(tag)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("y");
    }
}
