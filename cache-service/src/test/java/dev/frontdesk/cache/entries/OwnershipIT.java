package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.OTHER;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningService
@WithServers(REDIS_CLUSTER)
class OwnershipIT {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    /** The entries of different owners must never collide, whatever their names. */
    private static final List<Caller> OWNERS =
            List.of(application(ACME), application(OTHER), session(ACME, ADA), session(ACME, BOB), session(OTHER, ADA));

    private final CacheApi api;
    private final StoredEntries stored;
    private final String path = "n/" + UUID.randomUUID();

    OwnershipIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.api = api;
        this.stored = stored;
    }

    @Test
    void eachReadsWhatItWrote() {
        IntStream.range(0, OWNERS.size())
                .forEach(i -> owner(i).put(path, "value " + i).expectStatus().isCreated());

        IntStream.range(0, OWNERS.size())
                .forEach(i -> owner(i).get(path).expectBody(String.class).isEqualTo("value " + i));
    }

    @Test
    void othersNeitherFindNorDeleteAnEntry() {
        for (int i = 0; i < OWNERS.size(); i++) {
            owner(i).put(path, "mine").expectStatus().isCreated();
            for (int other = 0; other < OWNERS.size(); other++) {
                if (other != i) {
                    owner(other).get(path).expectStatus().isNotFound();
                    owner(other).delete(path).expectStatus().isNotFound();
                }
            }
            owner(i).get(path).expectStatus().isOk();
            owner(i).delete(path).expectStatus().isNoContent();
        }
    }

    @Test
    void sessionsOfOneAccountShareItsEntries() {
        api.as(session(ACME, ADA)).put(path, "hers").expectStatus().isCreated();

        api.as(session(ACME, ADA)).get(path).expectBody(String.class).isEqualTo("hers");
    }

    @Test
    void writesOnlyUnderTheOwnersPrefix() {
        api.as(session(ACME, ADA)).put("n/a%3A..%7Bp1%7D*", "x").expectStatus().isCreated();

        assertThat(stored.timesToLive()).containsKey("acme:cache:account-" + ADA + ":n:a%3a..%7bp1%7d%2a");
    }

    @Test
    void refusesAnonymousCallers() {
        for (var calls : List.of(api.unsigned(), api.as(new Caller.Anonymous(ACME)))) {
            unauthenticated(calls.put(path, "x"));
            unauthenticated(calls.get(path));
            unauthenticated(calls.delete(path));
            calls.send(HttpMethod.HEAD, path).exchange().expectStatus().isUnauthorized();
            unauthenticated(calls.get(path + "/ttl"));
            unauthenticated(calls.patch(path + "/ttl", "{\"ttl_seconds\":5}"));
            unauthenticated(calls.post(path + "/increment", "{}"));
            unauthenticated(calls.post("n/mget", "{\"keys\":[\"a\"]}"));
            unauthenticated(calls.post("n/mset", "{\"entries\":[{\"key\":\"a\",\"value\":1}]}"));
            unauthenticated(calls.post("n/invalidate", "{}"));
            unauthenticated(calls.delete("n?pattern=*"));
        }
        unauthenticated(api.as(new Caller.Service(ACME, "gateway")).get(path));
        api.as(application(ACME)).get(path).expectStatus().isNotFound();
    }

    private CacheApi.Calls owner(int i) {
        return api.as(OWNERS.get(i));
    }

    private static void unauthenticated(WebTestClient.ResponseSpec answer) {
        answer.expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/unauthenticated");
    }
}
