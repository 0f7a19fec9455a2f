package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PUT;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
        assertThat(stored.timesToLive()).allSatisfy((_, ttl) -> assertThat(ttl).isPositive());
    }

    @Test
    void givesBackWhatWasPut() {
        application
                .send(PUT, "menu/" + key)
                .contentType(MediaType.parseMediaType("application/json;charset=UTF-8"))
                .bodyValue("{\"soup\": \"mercimek çorbası\"}")
                .exchange()
                .expectStatus()
                .isCreated()
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
                .isCreated();

        application
                .get("n/" + key)
                .expectHeader()
                .contentType(MediaType.IMAGE_PNG)
                .expectBody(byte[].class)
                .isEqualTo(bytes);
    }

    @Test
    void keepsAnEmptyValueOfNoType() {
        application.send(PUT, "n/" + key).exchange().expectStatus().isCreated();

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
                .bodyValue("--b--".getBytes(UTF_8))
                .exchange()
                .expectStatus()
                .isCreated();

        application
                .send(GET, "n/" + key)
                .header("Accept", "text/html")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(type.replace("; ", ";"))
                .expectBody(byte[].class)
                .isEqualTo("--b--".getBytes(UTF_8));
    }

    @Test
    void isDescribedWithoutItsBody() {
        application.put("n/" + key + "?ttl_seconds=1000", "mercimek");
        var whole = application.get("n/" + key).returnResult(String.class).getResponseHeaders();

        application
                .send(HEAD, "n/" + key)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(8)
                .expectHeader()
                .valueEquals("ETag", String.valueOf(whole.getETag()))
                .expectHeader()
                .contentType(String.valueOf(whole.getContentType()))
                .expectHeader()
                .value("Cache-Control", value -> assertThat(value).matches("private, no-cache, max-age=9\\d\\d"))
                .expectBody()
                .isEmpty();
        application
                .send(HEAD, "n/" + key)
                .ifNoneMatch(String.valueOf(whole.getETag()))
                .exchange()
                .expectStatus()
                .isNotModified();
        application
                .send(HEAD, "n/" + key + "-missing")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .isEmpty();
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
                .send(PUT, "n/" + key + "?ttl_seconds=1000")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("a long first value")
                .exchange();
        application
                .send(PUT, "n/" + key + "?ttl_seconds=10")
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
    void expiresAfterAnHourByDefault() {
        application.put("n/" + key, "x");

        assertThat(stored.timeToLive("acme:cache:app:n:" + key)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void saysHowLongItIsKept() {
        application.put("n/" + key + "?ttl_seconds=2592000", "x").expectStatus().isCreated();

        application
                .get("n/" + key)
                .expectHeader()
                .value("Cache-Control", value -> assertThat(value).matches("private, no-cache, max-age=25919\\d\\d"));
    }

    @Test
    void isGoneWhenItsTimeIsOver() {
        application.put("n/" + key + "?ttl_seconds=1", "x").expectStatus().isCreated();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> application.get("n/" + key).expectStatus().isNotFound());
        assertThat(stored.timesToLive()).doesNotContainKey("acme:cache:app:n:" + key);
    }

    @Test
    void isDeletedOnceAndForAll() {
        application.put("n/" + key, "x");

        application.delete("n/" + key).expectStatus().isNoContent();
        application.delete("n/" + key).expectStatus().isNotFound();

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

    /**
     * Each line: a header, its value with T for the entry's tag, the status if there is an entry, and the status if
     * there is none (a PUT that is accepted gets 201, a DELETE 404).
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            If-Match      ; T              ; 204 ; 412
            If-Match      ; "other", T     ; 204 ; 412
            If-Match      ; *              ; 204 ; 412
            If-Match      ; "other"        ; 412 ; 412
            If-Match      ; W/T            ; 412 ; 412
            If-Match      ; "*"            ; 412 ; 412
            If-Match      ; other          ; 400 ; 400
            If-None-Match ; *              ; 412 ; 204
            If-None-Match ; T              ; 412 ; 204
            If-None-Match ; "other", W/T   ; 412 ; 204
            If-None-Match ; "other"        ; 204 ; 204
            If-None-Match ; "*"            ; 204 ; 204
            If-None-Match ; *, T           ; 400 ; 400
            """)
    void isReplacedAndDeletedUnderItsSendersConditionsAlone(String header, String value, int there, int missing) {
        for (var method : List.of(PUT, DELETE)) {
            for (boolean exists : new boolean[] {true, false}) {
                String name = "n/" + UUID.randomUUID();
                String tag = tagOf(name, "first");
                if (!exists) {
                    application.delete(name).expectStatus().isNoContent();
                }
                int status = exists ? there : missing;
                if (status == 204 && !exists) {
                    status = method == PUT ? 201 : 404;
                }
                var request = application.send(method, name).header(header, value.replace("T", tag));
                var answer = (method == PUT ? request.bodyValue("second") : request).exchange();
                answer.expectStatus().isEqualTo(status);
                if (status == 412) {
                    answer.expectBody()
                            .jsonPath("$.type")
                            .isEqualTo("https://frontdesk.dev/problems/precondition-failed");
                }
                boolean done = status < 300 || status == 404;
                String left = done ? (method == PUT ? "second" : null) : (exists ? "first" : null);
                assertThat(bodyOf(name)).isEqualTo(left);
            }
        }
    }

    @Test
    void isReplacedByOneOfManyThatReadTheSame() {
        String name = "n/" + key;
        String tag = tagOf(name, "first");
        long replaced = Flux.range(0, 20)
                .flatMap(
                        i -> Mono.fromCallable(() -> application
                                        .send(PUT, name)
                                        .header("If-Match", tag)
                                        .bodyValue("value " + i)
                                        .exchange()
                                        .returnResult(Void.class)
                                        .getStatus()
                                        .value())
                                .subscribeOn(Schedulers.boundedElastic()),
                        20)
                .filter(status -> status == 204)
                .count()
                .blockOptional()
                .orElseThrow();
        assertThat(replaced).isEqualTo(1);
    }

    @Test
    void isMadeByOneOfManyThatFoundNone() {
        long made = Flux.range(0, 20)
                .flatMap(
                        i -> Mono.fromCallable(() -> application
                                        .send(PUT, "n/" + key)
                                        .ifNoneMatch("*")
                                        .bodyValue("value " + i)
                                        .exchange()
                                        .returnResult(Void.class)
                                        .getStatus()
                                        .value())
                                .subscribeOn(Schedulers.boundedElastic()),
                        20)
                .filter(status -> status == 201)
                .count()
                .blockOptional()
                .orElseThrow();
        assertThat(made).isEqualTo(1);
    }

    @Test
    void isReadUnderItsReadersConditionsAlone() {
        String name = "n/" + key;
        String tag = tagOf(name, "x");
        application
                .send(GET, name)
                .header("If-Match", tag)
                .exchange()
                .expectStatus()
                .isOk();
        application
                .send(GET, name)
                .header("If-Match", "\"other\"")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        application
                .send(GET, name)
                .header("If-Match", "*")
                .exchange()
                .expectStatus()
                .isOk();
        application
                .send(GET, name)
                .ifNoneMatch("W/" + tag)
                .exchange()
                .expectStatus()
                .isNotModified();
        application.send(GET, name).ifNoneMatch("*").exchange().expectStatus().isNotModified();
        application
                .send(GET, name)
                .header("If-None-Match", "x")
                .exchange()
                .expectStatus()
                .isBadRequest();
        application
                .send(GET, name + "-missing")
                .header("If-Match", "*")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private String tagOf(String name, String body) {
        var tag = application
                .put(name, body)
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();
        return Objects.requireNonNull(tag);
    }

    private @Nullable String bodyOf(String name) {
        var answer = application.get(name).returnResult(String.class);
        return answer.getStatus().is2xxSuccessful() ? answer.getResponseBody().blockFirst() : null;
    }
}
