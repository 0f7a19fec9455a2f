package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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
class BatchIT {

    private final CacheApi.Calls application;
    private final StoredEntries stored;

    /** A namespace of each test. */
    private final String n = "n" + UUID.randomUUID();

    BatchIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.application = api.as(application(ACME));
        this.stored = stored;
    }

    @Test
    void givesBackInTheOrderOfTheRequest() {
        put("a", "application/json", "{\"soup\":[1.50,9007199254740993]}");
        put("b", "text/plain", "çorba");
        put("c", "application/octet-stream", "x");

        get("\"c\",\"missing\",\"a\",\"b\",\"a\"")
                .jsonPath("$.entries[*].key")
                .isEqualTo(List.of("c", "missing", "a", "b", "a"))
                .jsonPath("$.entries[*].found")
                .isEqualTo(List.of(true, false, true, true, true))
                .jsonPath("$.entries[0].base64")
                .isEqualTo("eA==")
                .jsonPath("$.entries[0].content_type")
                .isEqualTo("application/octet-stream")
                .jsonPath("$.entries[1].length()")
                .isEqualTo(2)
                .jsonPath("$.entries[2].value.soup")
                .exists()
                .jsonPath("$.entries[2].text")
                .doesNotExist()
                .jsonPath("$.entries[3].text")
                .isEqualTo("çorba")
                .jsonPath("$.entries[3].etag")
                .isNotEmpty()
                .jsonPath("$.entries[3].ttl_seconds")
                .isNumber();
    }

    @Test
    void changesNoNumberInJson() {
        put("a", "application/json", "[1.50, 9007199254740993, 1e3, -0.0]");

        application
                .post(n + "/mget", "{\"keys\":[\"a\"]}")
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("\"value\":[1.50,9007199254740993,1e3,-0.0]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            application/json         | {"a":     | text
            application/json         | '1 2'     | text
            application/json         | ''        | text
            application/json         | null      | value
            application/problem+json | {}        | value
            application/jsonp        | {}        | base64
            text/csv                 | a,b       | text
            text/plain;charset=UTF-16| ab        | base64
            image/svg+xml            | <svg/>    | base64
            """)
    void showsBytesByTheirType(String type, String body, String field) {
        put("a", type, body);

        var entry = get("\"a\"");
        for (String other : new String[] {"value", "text", "base64"}) {
            var shown = entry.jsonPath("$.entries[0].length()").isEqualTo(6).jsonPath("$.entries[0]." + other);
            if (other.equals(field)) {
                shown.hasJsonPath();
            } else {
                shown.doesNotHaveJsonPath();
            }
        }
    }

    @Test
    void showsMalformedTextAsBase64() {
        application
                .send(HttpMethod.PUT, n + "/a")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue(new byte[] {(byte) 0xff})
                .exchange();

        get("\"a\"").jsonPath("$.entries[0].base64").isEqualTo("/w==");
    }

    @Test
    void storesAllInTheOrderOfTheRequest() {
        put("b", "text/plain", "old");

        application
                .post(n + "/mset", """
                        {"ttl_seconds": 1000, "entries": [
                          {"key": "a", "value": {"n": 9007199254740993.10}},
                          {"key": "b", "text": "new"},
                          {"key": "c", "base64": "/w==", "content_type": "image/png"},
                          {"key": "d", "value": null},
                          {"key": "e:1 ğ", "text": "{}", "content_type": "application/ld+json"}]}
                        """)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries[*].key")
                .isEqualTo(List.of("a", "b", "c", "d", "e:1 ğ"))
                .jsonPath("$.entries[*].result")
                .isEqualTo(List.of("created", "replaced", "created", "created", "created"))
                .jsonPath("$.entries[0].etag")
                .isEqualTo(String.valueOf(application
                        .get(n + "/a")
                        .returnResult(String.class)
                        .getResponseHeaders()
                        .getETag()));

        application
                .get(n + "/a")
                .expectHeader()
                .contentType("application/json")
                .expectBody(String.class)
                .isEqualTo("{\"n\":9007199254740993.10}");
        application.get(n + "/b").expectBody(String.class).isEqualTo("new");
        application
                .get(n + "/c")
                .expectHeader()
                .contentType("image/png")
                .expectBody(byte[].class)
                .isEqualTo(new byte[] {(byte) 0xff});
        application.get(n + "/d").expectBody(String.class).isEqualTo("null");
        application.get(n + "/e:1%20%C4%9F").expectHeader().contentType("application/ld+json");
        assertThat(stored.timeToLive("acme:cache:app:" + n + ":a"))
                .isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1000));
    }

    @Test
    void takesAsMuchAsOneEntry() {
        String half = "x".repeat(1 << 19);
        application
                .post(
                        n + "/mset",
                        "{\"entries\":[{\"key\":\"a\",\"text\":\"%s\"},{\"key\":\"b\",\"text\":\"%s\"}]}"
                                .formatted(half, half))
                .expectStatus()
                .isOk();
        application
                .post(
                        n + "/mset",
                        "{\"entries\":[{\"key\":\"c\",\"text\":\"%s\"}]}".formatted("x".repeat((1 << 20) + 1)))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("entries[0]");
        application
                .post(n + "/mset", "{\"entries\":[{\"key\":\"c\",\"text\":\"%s\"}]}".formatted("x".repeat(1_200_000)))
                .expectStatus()
                .isEqualTo(413);
        application.get(n + "/c").expectStatus().isNotFound();
    }

    @Test
    void refusesToShowMoreThan8Megabytes() {
        application.put(n + "/a", "x".repeat(1 << 20)).expectStatus().isCreated();

        get(String.join(",", Collections.nCopies(8, "\"a\"")))
                .jsonPath("$.entries.length()")
                .isEqualTo(8);
        application
                .post(n + "/mget", "{\"keys\":[" + String.join(",", Collections.nCopies(9, "\"a\"")) + "]}")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The entries have more than 8 MB together: ask for fewer keys.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}                                | keys
            {"keys":null}                     | keys
            {"keys":[]}                       | keys
            {"keys":["a",null]}               | keys[1]
            {"keys":["a","b/c"]}              | keys[1]
            {"keys":["a",".."]}               | keys[1]
            {"keys":["a",""]}                 | keys[1]
            {"keys":["a\\u0000"]}             | keys[0]
            {"keys":["a\\r\\n"]}              | keys[0]
            {"keys":["a\\ud800"]}             | keys[0]
            {"keys":["a"],"namespace":"m"}    | namespace
            """)
    void refusesToReadOthers(String body, String field) {
        refused("mget", body, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"entries":[]}                                                                | entries
            {}                                                                            | entries
            {"entries":[null]}                                                            | entries[0]
            {"entries":[{"value":1}]}                                                     | entries[0].key
            {"entries":[{"key":"a"}]}                                                     | entries[0]
            {"entries":[{"key":"a","value":1,"text":"x"}]}                                | entries[0]
            {"entries":[{"key":"a","value":1},{"key":"b","value":1},{"key":"a","value":2}]} | entries[2].key
            {"entries":[{"key":"a","value":1},{"key":"x/y","value":1}]}                   | entries[1].key
            {"entries":[{"key":"a","value":1},{"key":"..","value":1}]}                    | entries[1].key
            {"entries":[{"key":"a","value":1},{"key":"b\\u0000","value":1}]}              | entries[1].key
            {"entries":[{"key":"a","value":1},{"key":"b","base64":"?"}]}                  | entries[1].base64
            {"entries":[{"key":"a","text":"\\ud800"}]}                                    | entries[0].text
            {"entries":[{"key":"a","text":"{broken","content_type":"application/json"}]}  | entries[0].text
            {"entries":[{"key":"a","base64":"/w==","content_type":"application/json"}]}   | entries[0].base64
            {"entries":[{"key":"a","value":1,"content_type":"text/plain"}]}               | entries[0].content_type
            {"entries":[{"key":"a","text":"x","content_type":"text"}]}                    | entries[0].content_type
            {"entries":[{"key":"a","text":"x","content_type":"text/*"}]}                  | entries[0].content_type
            {"entries":[{"key":"a","text":"x","content_type":"a/b\\r\\nc"}]}              | entries[0].content_type
            {"entries":[{"key":"a","text":"x","content_type":"text/plain;charset=UTF-16"}]} | entries[0].content_type
            {"ttl_seconds":0,"entries":[{"key":"a","value":1}]}                           | ttl_seconds
            {"ttl_seconds":-5,"entries":[{"key":"a","value":1}]}                          | ttl_seconds
            {"ttl_seconds":1.5,"entries":[{"key":"a","value":1}]}                         | ttl_seconds
            {"ttl_seconds":99999999999999999999,"entries":[{"key":"a","value":1}]}        | ttl_seconds
            """)
    void refusesToStoreOthers(String body, String field) {
        refused("mset", body, field);
    }

    @Test
    void refusesMoreThan100() {
        String keys = IntStream.range(0, 101).mapToObj(i -> "\"" + i + "\"").collect(joining(","));
        refused("mget", "{\"keys\":[" + keys + "]}", "keys");
        String entries = IntStream.range(0, 101)
                .mapToObj(i -> "{\"key\":\"" + i + "\",\"value\":1}")
                .collect(joining(","));
        refused("mset", "{\"entries\":[" + entries + "]}", "entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"entries\":[{\"key\":\"a\",\"value\":{broken}}]}", "[]", "null", ""})
    void refusesBrokenJson(String body) {
        application.post(n + "/mset", body).expectStatus().isBadRequest();
        nothingIsStored();
    }

    private void refused(String what, String body, String field) {
        application
                .post(n + "/" + what, body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
        nothingIsStored();
    }

    private void nothingIsStored() {
        assertThat(stored.timesToLive().keySet()).noneMatch(key -> key.contains(n));
    }

    private void put(String key, String type, String body) {
        application
                .send(HttpMethod.PUT, n + "/" + key)
                .header("Content-Type", type)
                .bodyValue(body.getBytes(UTF_8))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private WebTestClient.BodyContentSpec get(String keys) {
        return application
                .post(n + "/mget", "{\"keys\":[" + keys + "]}")
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
