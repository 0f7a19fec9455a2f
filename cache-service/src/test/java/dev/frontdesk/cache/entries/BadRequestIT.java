package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpMethod.PUT;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningService
@WithServers(REDIS_CLUSTER)
class BadRequestIT {

    /** No other test stores something for it. */
    private static final TenantId TENANT = new TenantId("bad");

    private final CacheApi.Calls application;
    private final StoredEntries stored;

    BadRequestIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(TENANT));
        this.stored = stored;
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(stored.timesToLive().keySet()).noneMatch(key -> key.startsWith(TENANT + ":cache:app:"));
    }

    @ParameterizedTest
    @CsvSource({
        "Bad/k, namespace",
        "b%20d/k, namespace",
        "b%3Ad/k, namespace",
        "../k, namespace",
        "%2e%2e/k, namespace",
        "bad/, key",
        "bad//, key",
        "bad/a/b, key",
        "bad/a/, key",
        "bad/a%2Fb, key",
        "bad/a%5Cb, key",
        "bad/.., key",
        "bad/%2E%2E, key",
        "bad/..%2F..%2Fsession, key",
        "bad/a%00, key",
        "bad/a%0D%0A, key",
        "bad/%FF, key",
        "bad/a;b=c, key",
        "bad;x=y/a, key",
    })
    void refusesNames(String path, String field) {
        for (var method : new HttpMethod[] {PUT, HttpMethod.GET, HttpMethod.DELETE}) {
            isInvalid(application.send(method, path).exchange(), field);
        }
    }

    @Test
    void refusesNoKeyAtAll() {
        isInvalid(application.get("bad"), "key");
        isInvalid(application.put("bad", "x"), "key");
        isInvalid(application.delete("bad"), "pattern");
        isInvalid(application.delete("bad/?pattern=*"), "pattern");
    }

    @ParameterizedTest
    @CsvSource({
        "Bad/k, namespace",
        "b%3Ad/k, namespace",
        "%2e%2e/k, namespace",
        "bad/a%2Fb, key",
        "bad/a%5Cb, key",
        "bad/%2E%2E, key",
        "bad/..%2F..%2Fsession, key",
        "bad/a%00, key",
        "bad/a%0D%0A, key",
        "bad/%FF, key",
        "bad/a;b=c, key",
        "bad;x=y/a, key",
    })
    void refusesNamesOfWhatIsCountedOrKept(String path, String field) {
        isInvalid(application.get(path + "/ttl"), field);
        isInvalid(application.patch(path + "/ttl", "{\"ttl_seconds\":5}"), field);
        isInvalid(application.post(path + "/increment", "{}"), field);
    }

    @ParameterizedTest
    @CsvSource({
        "Bad, namespace",
        "b%20d, namespace",
        "b%3Ad, namespace",
        "%2e%2e, namespace",
        "a%2Fb, namespace",
        "bad;x=y, key"
    })
    void refusesNamespaces(String namespace, String field) {
        isInvalid(application.delete(namespace + "?pattern=*"), field);
        isInvalid(application.post(namespace + "/mget", "{\"keys\":[\"a\"]}"), field);
        isInvalid(application.post(namespace + "/mset", "{\"entries\":[{\"key\":\"a\",\"value\":1}]}"), field);
        isInvalid(application.post(namespace + "/invalidate", "{}"), field);
    }

    @Test
    void refusesAKeyOf10Kilobytes() {
        String longer = "k".repeat(1_000);
        isInvalid(application.put("bad/" + longer, "x"), "key");
        isInvalid(application.get("bad/" + longer + "/ttl"), "key");
        isInvalid(application.post("bad/" + longer + "/increment", "{}"), "key");
        String key = "k".repeat(10_000);
        application.put("bad/" + key, "x").expectStatus().isEqualTo(414);
        application.post("bad/" + key + "/increment", "{}").expectStatus().isEqualTo(414);
        isInvalid(application.post("bad/mget", "{\"keys\":[\"" + key + "\"]}"), "keys[0]");
        isInvalid(
                application.post("bad/mset", "{\"entries\":[{\"key\":\"" + key + "\",\"value\":1}]}"),
                "entries[0].key");
    }

    private static void isInvalid(WebTestClient.ResponseSpec response, String field) {
        response.expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttl_seconds=0",
                "ttl_seconds=-1",
                "ttl_seconds=1.5",
                "ttl_seconds=2592001",
                "ttl_seconds=",
                "ttl_seconds=1h",
                "ttl_seconds=%31%30s",
                "ttl_seconds=1&ttl_seconds=2",
                "ttl_seconds"
            })
    void refusesTimesToLive(String query) {
        application
                .put("bad/k?" + query, "x")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("ttl_seconds");
    }

    @ParameterizedTest
    @CsvSource({"tll=5, tll", "ttl_seconds=5&nx=true, nx", "TTL=5, TTL"})
    void refusesParametersThatItDoesNotKnow(String query, String unknown) {
        application
                .put("bad/k?" + query, "x")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void refusesOtherMethods(String method) {
        application
                .send(HttpMethod.valueOf(method), "bad/k")
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
