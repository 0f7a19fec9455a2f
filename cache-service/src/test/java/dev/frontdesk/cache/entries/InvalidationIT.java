package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.OTHER;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

@RunningService
@WithServers(REDIS_CLUSTER)
class InvalidationIT {

    private static final UUID ADA = UUID.randomUUID();

    private final CacheApi.Calls application;
    private final StoredEntries stored;
    private final List<CacheApi.Calls> others;
    private final String n = "n" + UUID.randomUUID();

    InvalidationIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.stored = stored;
        this.application = api.as(application(ACME));
        this.others = Stream.of(application(OTHER), session(ACME, ADA), session(OTHER, ADA))
                .map(api::as)
                .toList();
    }

    @Test
    void hidesAllEntriesOfTheNamespaceAndNoOthers() {
        for (int i = 0; i < 20; i++) {
            application.put(n + "/k" + i, "x");
        }
        application.put(n + "m/k", "x");
        others.forEach(other -> other.put(n + "/k1", "x"));

        application.post(n + "/invalidate", "{}").expectStatus().isNoContent();

        for (int i = 0; i < 20; i++) {
            isMissing("k" + i);
        }
        application.get(n + "m/k").expectStatus().isOk();
        others.forEach(other -> other.get(n + "/k1").expectStatus().isOk());
        others.forEach(other -> other.delete(n + "/k1").expectStatus().isNoContent());
    }

    @Test
    void storesNothingForANamespaceWithoutEntries() {
        application.post(n + "/invalidate", "{}").expectStatus().isNoContent();
        application
                .post(n + "/invalidate", "{\"tags\": [\"menu\"]}")
                .expectStatus()
                .isNoContent();

        assertThat(stored.timesToLive().keySet()).noneMatch(key -> key.contains(n));
    }

    /** Clients can make up tags. Rather than to store them all, everything is invalidated. */
    @Test
    void hidesAllEntriesAfterVeryManyTags() {
        var ada = others.get(1);
        ada.put(n + "/k", "x").expectStatus().isCreated();
        for (int i = 0; i < 70; i++) {
            int call = i;
            String tags = IntStream.range(0, 16)
                    .mapToObj(tag -> "\"t" + call + "-" + tag + "\"")
                    .collect(Collectors.joining(","));
            ada.post(n + "/invalidate", "{\"tags\": [" + tags + "]}")
                    .expectStatus()
                    .isNoContent();
        }

        ada.get(n + "/k").expectStatus().isNotFound();
        ada.put(n + "/k", "y").expectStatus().isCreated();
        ada.get(n + "/k").expectStatus().isOk();
    }

    @Test
    void hidesEntriesWithOneOfTheTags() {
        put("menu", "menu, soup");
        put("soup", "soup");
        put("tea", "tea ,tea");
        put("none", null);

        application
                .post(n + "/invalidate", "{\"tags\":[\"soup\",\"unknown\"]}")
                .expectStatus()
                .isNoContent();

        isMissing("menu");
        isMissing("soup");
        isThere("tea");
        isThere("none");
        application
                .post(n + "/invalidate", "{\"tags\":[\"tea\"]}")
                .expectStatus()
                .isNoContent();
        isMissing("tea");
    }

    @Test
    void showsWhatIsStoredAfterwards() {
        for (int i = 0; i < 3; i++) {
            put("a", "menu");
            isThere("a");
            application
                    .post(n + "/invalidate", "{\"tags\":[\"menu\"]}")
                    .expectStatus()
                    .isNoContent();
            isMissing("a");
            put("a", "menu");
            application.post(n + "/invalidate", "{}").expectStatus().isNoContent();
            isMissing("a");
        }
        application.post(n + "/mset", "{\"entries\":[{\"key\":\"a\",\"value\":1}]}");
        isThere("a");
    }

    @Test
    void replacingAnEntryReplacesItsTags() {
        put("a", "menu");
        put("a", "soup");

        application
                .post(n + "/invalidate", "{\"tags\":[\"menu\"]}")
                .expectStatus()
                .isNoContent();
        isThere("a");

        application
                .post(n + "/invalidate", "{\"tags\":[\"soup\"]}")
                .expectStatus()
                .isNoContent();
        isMissing("a");
    }

    @Test
    void isNoEntryForConditionsAndCounters() {
        application.put(n + "/a", "5");
        application.post(n + "/invalidate", "{}").expectStatus().isNoContent();

        application.patch(n + "/a/ttl", "{\"ttl_seconds\":5}").expectStatus().isNotFound();
        application
                .send(HttpMethod.PUT, n + "/a")
                .header("If-Match", "*")
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        application.post(n + "/a/increment", "{}").expectBody(String.class).isEqualTo("{\"value\":1,\"created\":true}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            {"tags":[]}         ; tags
            {"tags":[""]}       ; tags
            {"tags":["a b"]}    ; tags
            {"tags":["A"]}      ; tags
            {"tags":["a=1"]}    ; tags
            {"tags":["a\\n"]}   ; tags
            {"tags":[null]}     ; tags
            {"tags":["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q"]} ; tags
            {"tag":["a"]}       ; tag
            """)
    void refusesOthers(String body, String field) {
        application.put(n + "/a", "x");

        application
                .post(n + "/invalidate", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);

        isThere("a");
    }

    @Test
    void needsABody() {
        application.put(n + "/a", "x");
        application
                .send(HttpMethod.POST, n + "/invalidate")
                .exchange()
                .expectStatus()
                .is4xxClientError();
        isThere("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,,b", "a b", "A", "a=1", "a:b", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"})
    void refusesTagsOfAnEntry(String tags) {
        application
                .send(HttpMethod.PUT, n + "/a")
                .header("Cache-Tag", tags)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/malformed-request");
        isMissing("a");
    }

    private void put(String key, @Nullable String tags) {
        var request = application.send(HttpMethod.PUT, n + "/" + key);
        if (tags != null) {
            request.header("Cache-Tag", tags);
        }
        request.bodyValue("x").exchange().expectStatus().is2xxSuccessful();
    }

    private void isThere(String key) {
        application.get(n + "/" + key).expectStatus().isOk();
    }

    private void isMissing(String key) {
        application.get(n + "/" + key).expectStatus().isNotFound();
        application
                .send(HttpMethod.HEAD, n + "/" + key)
                .exchange()
                .expectStatus()
                .isNotFound();
        application.get(n + "/" + key + "/ttl").expectBody().json("{\"ttl_seconds\":-2}");
        application
                .post(n + "/mget", "{\"keys\":[\"" + key + "\"]}")
                .expectBody()
                .json("{\"entries\":[{\"key\":\"" + key + "\",\"found\":false}]}");
    }
}
