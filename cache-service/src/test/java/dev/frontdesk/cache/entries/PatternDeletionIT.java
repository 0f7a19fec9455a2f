package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.OTHER;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@RunningService
@WithServers(REDIS_CLUSTER)
class PatternDeletionIT {

    private static final UUID ADA = UUID.randomUUID();

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final CacheApi.Calls application;
    private final CacheApi.Calls session;
    private final List<CacheApi.Calls> others;
    private final StoredEntries stored;

    PatternDeletionIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        var id = new TenantId(tenant);
        this.application = api.as(application(id));
        this.session = api.as(session(id, ADA));
        this.others = Stream.of(
                        application(ACME), application(OTHER), session(ACME, ADA), session(id, UUID.randomUUID()))
                .map(api::as)
                .toList();
        this.stored = stored;
    }

    @Test
    void deletesWhatMatchesAndNothingElse() {
        for (String key : List.of("user:1", "user:2", "users", "User:1", "a-user:1", "user:ğ%2A%5B%7B%7D")) {
            application
                    .put("n/" + key.replace("ğ", "%C4%9F"), "x")
                    .expectStatus()
                    .isCreated();
        }
        application.put("m/user:1", "x").expectStatus().isCreated();
        session.put("n/user:1", "x").expectStatus().isCreated();

        assertThat(deleted(application, "n", "user:*")).isEqualTo(3);

        application.get("n/user:1").expectStatus().isNotFound();
        application.get("n/users").expectStatus().isOk();
        application.get("n/User:1").expectStatus().isOk();
        application.get("n/a-user:1").expectStatus().isOk();
        application.get("m/user:1").expectStatus().isOk();
        session.get("n/user:1").expectStatus().isOk();
        assertThat(deleted(application, "n", "user:*")).isZero();
        assertThat(deleted(application, "n", "[Uu]ser?*")).isEqualTo(2);
        assertThat(stored.counted(tenant)).isEqualTo(stored.indexed(tenant));
        assertThat(stored.counted(tenant).keys()).isEqualTo(3);
        assertThat(stored.timesToLive().keySet())
                .filteredOn(key -> key.startsWith(tenant + ":cache:"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "**", "*:*", "acme:*", "../*", "*/*", "{p1}*", "frontdesk:*", "[^x]*", "account-*", "app:*"
            })
    void leavesWhatBelongsToOthers(String pattern) {
        others.forEach(other -> other.put("p/acme:1", "x").expectStatus().is2xxSuccessful());
        application.put("p/1", "x");

        deleted(application, "p", pattern);
        deleted(session, "p", pattern);

        others.forEach(other -> other.get("p/acme:1").expectStatus().isOk());
        others.forEach(other -> other.delete("p/acme:1").expectStatus().isNoContent());
    }

    @Test
    void findsSpecialCharactersByTheirEscapes() {
        for (String key : List.of("a*b", "axb", "a?b", "a[b", "a]b", "a%b", "a b", "..a", "a{1}:b")) {
            application
                    .put("n/" + URLEncoder.encode(key, UTF_8).replace("+", "%20"), "x")
                    .expectStatus()
                    .isCreated();
        }
        for (String pattern : List.of("a\\*b", "a\\?b", "a\\[b", "a]b", "a%b", "a b", "..a", "a{1}:b", "axb")) {
            assertThat(deleted(application, "n", pattern)).as(pattern).isEqualTo(1);
        }
    }

    /** Of an account all are in one partition, so there are many parts of its index. */
    @Test
    void deletesThousands() {
        for (CacheApi.Calls owner : List.of(application, session)) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                String entries = IntStream.range(0, 100)
                        .mapToObj(j -> "{\"key\":\"%s:%d\",\"value\":1}"
                                .formatted(j % 4 == 0 ? "keep" : "drop", number * 100 + j))
                        .collect(joining(","));
                owner.post("n/mset", "{\"entries\":[" + entries + "]}")
                        .expectStatus()
                        .isOk();
            }
            assertThat(deleted(owner, "n", "drop:*")).isEqualTo(2250);
        }
        assertThat(stored.counted(tenant).keys()).isEqualTo(1500);
        assertThat(stored.counted(tenant)).isEqualTo(stored.indexed(tenant));
        assertThat(deleted(application, "n", "*")).isEqualTo(750);
        assertThat(deleted(session, "n", "*")).isEqualTo(750);
        assertThat(stored.counted(tenant)).isEqualTo(StoredEntries.Usage.NONE);
    }

    @Test
    void runsOneAtATimeForEachOwner(@Autowired PatternDeletion deletion) {
        var owner = new Owner.Application(new TenantId(tenant));
        var pattern = GlobPattern.of("*");
        // The first one may have ended when the second one begins.
        await().until(() -> {
            application.put("n/a", "x");
            var first = deletion.delete(owner, "n", pattern).toFuture();
            try {
                deletion.delete(owner, "m", pattern).block();
                return false;
            } catch (ProblemException refused) {
                assertThat(refused.type()).isEqualTo(ProblemType.CONFLICT);
                assertThat(deletion.delete(new Owner.Application(new TenantId("x" + tenant)), "n", pattern)
                                .block())
                        .isZero();
                return true;
            } finally {
                assertThat(first.join()).isOne();
            }
        });

        application.put("n/a", "x");
        assertThat(deletion.delete(owner, "n", pattern).block()).isOne();
    }

    @Test
    void countsNoneThatWasInvalidated() {
        application.put("n/a", "x");
        application.post("n/invalidate", "{}");
        application.put("n/b", "x");

        assertThat(deleted(application, "n", "*")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pattern",
                "pattern=",
                "pattern=%5B",
                "pattern=a%5C",
                "pattern=%00",
                "pattern=a%0D%0A",
                "pattern=%FF",
                "pattern=a&pattern=b"
            })
    void refusesOthers(String query) {
        refused(query);
    }

    @Test
    void refusesLongPatterns() {
        refused("pattern=" + "*".repeat(513));
        refused("pattern=" + "a".repeat(2_000));
        application.delete("n?pattern=" + "a".repeat(10_000)).expectStatus().isEqualTo(414);
        deleted(application, "n", "*".repeat(512));
    }

    private void refused(String query) {
        application.put("n/a", "x");
        application
                .delete("n?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("pattern");
        application.get("n/a").expectStatus().isOk();
    }

    private static int deleted(CacheApi.Calls owner, String namespace, String pattern) {
        WebTestClient.ResponseSpec response = owner.delete(
                namespace + "?pattern=" + URLEncoder.encode(pattern, UTF_8).replace("+", "%20"));
        var body = response.expectStatus().isOk().expectBody(JsonNode.class);
        return requireNonNull(body.returnResult().getResponseBody()).path("deleted").asInt();
    }
}
