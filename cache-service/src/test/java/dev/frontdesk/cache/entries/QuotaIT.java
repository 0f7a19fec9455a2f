package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningService
@WithServers(REDIS_CLUSTER)
@TestPropertySource(
        properties = {
            "frontdesk.cache.quotas.size=100KB",
            "frontdesk.cache.quotas.keys=20",
            "frontdesk.cache.quotas.tenants.large.size=1MB",
            "frontdesk.cache.quotas.tenants.large.keys=30",
        })
class QuotaIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final CacheApi api;
    private final CacheApi.Calls tenant;

    QuotaIT(@Autowired CacheApi api) {
        this.api = api;
        this.tenant = api.as(
                application(new TenantId("t" + UUID.randomUUID().toString().substring(0, 8))));
    }

    private static void isFull(WebTestClient.ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(507)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/quota-exceeded");
    }

    /** Nine values of 10 KB, and their overhead. */
    private void fill() {
        for (int i = 0; i < 9; i++) {
            tenant.put("n/" + i, "x".repeat(10 * 1024)).expectStatus().isCreated();
        }
    }

    @Test
    void boundsTheSizeOfATenant() {
        fill();

        isFull(tenant.put("n/9", "x".repeat(10 * 1024)));
        tenant.get("n/9").expectStatus().isNotFound();
        // What is there may be replaced, unless it grows.
        tenant.put("n/0", "y".repeat(10 * 1024)).expectStatus().isNoContent();
        isFull(tenant.put("n/0", "y".repeat(20 * 1024)));
        tenant.get("n/0").expectBody(String.class).isEqualTo("y".repeat(10 * 1024));
        // Others are not affected.
        api.as(application(new TenantId("other")))
                .put("n/" + UUID.randomUUID(), "x")
                .expectStatus()
                .isCreated();

        tenant.delete("n/1").expectStatus().isNoContent();
        await().atMost(LONG)
                .untilAsserted(() ->
                        tenant.put("n/9", "x".repeat(10 * 1024)).expectStatus().isCreated());
    }

    /** A one-byte value with sixteen long tags takes more than a kilobyte. */
    @Test
    void countsTags() {
        String tags =
                IntStream.range(0, 16).mapToObj(i -> "t".repeat(62) + (10 + i)).collect(Collectors.joining(", "));
        for (int i = 0; i < 9; i++) {
            tenant.put("n/" + i, "x".repeat(10 * 1024 + 700)).expectStatus().isCreated();
        }
        tenant.put("n/9", "x".repeat(1000)).expectStatus().isCreated();

        isFull(tenant.send(HttpMethod.PUT, "n/9")
                .header("Cache-Tag", tags)
                .bodyValue("x".repeat(1000))
                .exchange());
    }

    @Test
    void boundsTheNumberOfEntries() {
        var large = api.as(application(new TenantId("large")));
        for (int i = 0; i < 20; i++) {
            tenant.put("n/" + i, "x").expectStatus().isCreated();
            large.put("n/" + i, "x").expectStatus().isCreated();
        }

        isFull(tenant.put("n/20", "x"));
        large.put("n/20", "x").expectStatus().isCreated();
    }

    @Test
    void boundsCountersAndBatchesToo() {
        for (int i = 0; i < 20; i++) {
            tenant.put("n/" + i, "1").expectStatus().isCreated();
        }

        isFull(json("n/20/increment", "{}"));
        isFull(json("n/mset", "{\"entries\": [{\"key\": \"20\", \"value\": 1}]}"));
        json("n/0/increment", "{}").expectStatus().isOk();
        // Also if some of them are in one partition.
        json(
                        "n/mset",
                        "{\"entries\": ["
                                + IntStream.of(0, 1, 2, 21)
                                        .mapToObj(i -> "{\"key\": \"" + i + "\", \"value\": 7}")
                                        .collect(Collectors.joining(","))
                                + "]}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries[3].result")
                .isEqualTo("full");
        tenant.get("n/21").expectStatus().isNotFound();
    }

    private WebTestClient.ResponseSpec json(String path, String body) {
        return tenant.send(HttpMethod.POST, path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    @Test
    void makesRoomWhenEntriesExpire() {
        for (int i = 0; i < 20; i++) {
            tenant.put("n/" + i + "?ttl_seconds=1", "x").expectStatus().isCreated();
        }

        await().atMost(LONG)
                .untilAsserted(() -> tenant.put("n/later", "x").expectStatus().isCreated());
    }

    /** Many at once see the same sums. */
    @Test
    void isNotExceededByManyAtOnce() {
        long stored = IntStream.range(0, 60)
                .parallel()
                .filter(i -> tenant.put("n/" + i, "x")
                                .returnResult(Void.class)
                                .getStatus()
                                .value()
                        == 201)
                .count();

        assertThat(stored).isEqualTo(20);
    }
}
