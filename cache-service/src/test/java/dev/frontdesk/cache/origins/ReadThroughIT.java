package dev.frontdesk.cache.origins;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.cache.CacheClient.session;
import static dev.frontdesk.cache.origins.OriginServer.endless;
import static dev.frontdesk.cache.origins.OriginServer.status;
import static dev.frontdesk.cache.origins.OriginServer.value;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningWithOrigins
@WithServers(REDIS_CLUSTER)
class ReadThroughIT {

    private static final TenantId ACME = new TenantId("acme");

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    private final CacheClient client;
    private final CacheClient.Calls api;
    private final MutableClock clock;
    private final OriginServer origin = new OriginServer();
    private final String namespace = "ns-" + UUID.randomUUID();

    ReadThroughIT(@Autowired CacheClient client, @Autowired MutableClock clock) {
        this.client = client;
        this.api = client.as(application(ACME));
        this.clock = clock;
    }

    @BeforeEach
    void setsTheOrigin() {
        set("");
    }

    @AfterEach
    void close() {
        origin.close();
    }

    /** @param more fields of the settings, and of the origin behind a bar */
    private void set(String more) {
        String[] parts = more.split("\\|", 2);
        boolean known = api.send("GET", "cache-namespaces", null).body().contains(namespace);
        api.set(
                        namespace,
                        "{\"default_ttl_seconds\":600%s,\"origin\":{\"url\":\"%s\",\"ttl_jitter_percent\":0,\"early_refresh\":false%s}}"
                                .formatted(
                                        parts[0].isEmpty() ? "" : "," + parts[0],
                                        origin.url("/products/{key}?v=1"),
                                        parts.length < 2 ? "" : "," + parts[1]))
                .expect(known ? 200 : 201);
    }

    private String path(String key) {
        return namespace + "/" + key;
    }

    private static String at(String key) {
        return "/products/" + key + "?v=1";
    }

    @Test
    void loadsWhatIsMissingOnce() {
        origin.answers(at("p1"), value("{\"price\":1}", "Content-Type", "application/json"));

        var first = api.get(path("p1")).expect(200);
        var second = api.get(path("p1")).expect(200);

        assertThat(first.body()).isEqualTo("{\"price\":1}");
        assertThat(first.header("Content-Type")).isEqualTo("application/json");
        assertThat(first.header("Cache-Status")).isEqualTo("frontdesk; fwd=uri-miss; stored");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Cache-Status")).matches("frontdesk; hit; ttl=\\d+");
        assertThat(second.header("Age")).matches("\\d+");
        assertThat(origin.received(at("p1"))).hasSize(1);
        assertThat(api.get(path("p1") + "/ttl").json().path("ttl_seconds").asLong()).isBetween(1L, 600L);
    }

    @Test
    void encodesTheKey() {
        origin.answers(at("a%20b%3fc%26d%23%c3%a9%25"), value("x"));

        api.get(path("a%20b%3Fc%26d%23%C3%A9%25")).expect(200);
    }

    @Test
    void remembersWhatTheOriginDoesNotHave() {
        set("|\"negative_ttl_seconds\":60");

        api.get(path("none")).expect(404);
        api.get(path("none")).expect(404);

        assertThat(origin.received(at("none"))).hasSize(1);
        assertThat(api.get(path("none") + "/ttl").json().path("ttl_seconds").asLong()).isEqualTo(-2);
        assertThat(api.post(namespace + "/mget", "{\"keys\":[\"none\"]}").body()).contains("\"found\":false");
        assertThat(api.delete(path("none")).status()).isEqualTo(404);
        api.send("PUT", "cache/" + path("none"), "now", "If-None-Match", "*").expect(201);
        assertThat(api.get(path("none")).expect(200).body()).isEqualTo("now");
    }

    @Test
    void asksAgainOnceTheOriginsAbsenceIsOld() {
        set("|\"negative_ttl_seconds\":5");
        api.get(path("late")).expect(404);
        origin.answers(at("late"), value("there"));

        clock.advance(Duration.ofSeconds(6));

        assertThat(api.get(path("late")).expect(200).body()).isEqualTo("there");
    }

    @Test
    void asksTheOriginWhetherTheValueChanged() {
        set("\"stale_if_error_seconds\":3600");
        origin.answers(at("p2"), value("one", "ETag", "\"v1\"", "Content-Type", "text/plain"));
        api.get(path("p2")).expect(200);
        origin.answers(at("p2"), status(304, ""));
        clock.advance(Duration.ofSeconds(601));

        var renewed = api.get(path("p2")).expect(200);

        assertThat(renewed.body()).isEqualTo("one");
        assertThat(origin.received(at("p2"))).hasSize(2);
        assertThat(origin.received(at("p2")).getLast().header("If-none-match")).isEqualTo("\"v1\"");
        assertThat(api.get(path("p2")).expect(200).header("Cache-Status")).startsWith("frontdesk; hit; ttl=");
        assertThat(origin.received(at("p2"))).hasSize(2);
    }

    @Test
    void usesAnExpiredValueWhileANewOneIsLoaded() {
        set("|\"stale_while_revalidate_seconds\":60");
        var gate = new CountDownLatch(1);
        origin.answers(at("p3"), value("old"));
        api.get(path("p3")).expect(200);
        origin.answers(at("p3"), origin.after(gate, value("new")));
        clock.advance(Duration.ofSeconds(610));

        var stale = api.get(path("p3")).expect(200);
        assertThat(stale.body()).isEqualTo("old");
        assertThat(stale.header("Cache-Status")).isEqualTo("frontdesk; hit; ttl=-10; detail=revalidating");
        assertThat(stale.header("Age")).isEqualTo("610");
        assertThat(stale.header("Cache-Control")).contains("max-age=0");

        gate.countDown();
        await().until(() -> api.get(path("p3")).body().equals("new"));
        assertThat(origin.received(at("p3"))).hasSize(2);
    }

    @Test
    void aValueThatIsLoadedInTheBackgroundDoesNotReplaceAClients() {
        set("|\"stale_while_revalidate_seconds\":60");
        var gate = new CountDownLatch(1);
        origin.answers(at("p12"), value("old"));
        api.get(path("p12")).expect(200);
        origin.answers(at("p12"), origin.after(gate, value("of the origin")));
        clock.advance(Duration.ofSeconds(610));
        api.get(path("p12")).expect(200);
        await().until(() -> origin.received(at("p12")).size() == 2);

        // For Redis, whose clock did not move, there is an entry.
        api.put(path("p12"), "of the client").expect(204);
        gate.countDown();

        // What was begun before has ended when another load has: one at a time is allowed.
        set("|\"stale_while_revalidate_seconds\":60,\"max_concurrent_loads\":1");
        origin.answers(at("p13"), value("x"));
        api.get(path("p13")).expect(200);
        assertThat(api.get(path("p12")).expect(200).body()).isEqualTo("of the client");
        assertThat(origin.received(at("p12"))).hasSize(2);
    }

    @Test
    void keepsHeadersForTheSameServerOnly() {
        set("|\"headers\":{\"Authorization\":\"Bearer tops3cret\"}");
        try (var other = new OriginServer()) {
            other.answers("/stolen", value("x"));

            api.set(
                            namespace,
                            "{\"origin\":{\"url\":\"%s\",\"headers\":{\"Authorization\":null}}}"
                                    .formatted(other.url("/{key}")))
                    .expect(400);

            api.get(path("stolen")).expect(404);
            assertThat(other.received("/stolen")).isEmpty();
        }
    }

    @Test
    void usesAnExpiredValueWhenTheOriginFails() {
        set("\"stale_if_error_seconds\":60");
        origin.answers(at("p4"), value("old"));
        api.get(path("p4")).expect(200);
        origin.answers(at("p4"), status(500, "secret of the origin"));
        clock.advance(Duration.ofSeconds(630));

        var stale = api.get(path("p4")).expect(200);
        assertThat(stale.body()).isEqualTo("old");
        assertThat(stale.header("Cache-Status")).isEqualTo("frontdesk; hit; ttl=-30; detail=origin-failed");

        clock.advance(Duration.ofSeconds(31));
        var failed = api.get(path("p4")).expect(502);
        assertThat(failed.problem()).isEqualTo("bad-gateway");
        assertThat(failed.body()).doesNotContain("secret", origin.url(""));
        assertThat(failed.header("Retry-After")).isNotEmpty();
    }

    @Test
    void leavesAnOriginThatFailsAloneForAWhile() {
        origin.answers(at("p5"), status(503, "", "Retry-After", "30"));

        api.get(path("p5")).expect(502);
        var again = api.get(path("p5")).expect(502);

        assertThat(origin.received(at("p5"))).hasSize(1);
        assertThat(Integer.parseInt(again.header("Retry-After"))).isBetween(1, 30);
    }

    @ParameterizedTest
    @CsvSource({"302", "204", "400", "401", "206"})
    void storesOnlyWholeAnswers(int status) {
        origin.answers(at("odd"), status(status, status == 204 ? "" : "x", "Location", origin.url("/elsewhere")));

        api.get(path("odd")).expect(502);

        assertThat(origin.received("/elsewhere")).isEmpty();
        assertThat(api.get(path("odd") + "/ttl").json().path("ttl_seconds").asLong()).isEqualTo(-2);
    }

    @Test
    void givesUpAnEndlessAnswer() {
        origin.answers(at("endless"), endless());

        assertThat(api.get(path("endless")).expect(502).body()).contains("more than");
    }

    @Test
    void givesUpASilentOrigin() {
        set("|\"timeout_ms\":100");
        origin.answers(at("silent"), origin.silence());

        assertThat(api.get(path("silent")).expect(504).problem()).isEqualTo("gateway-timeout");
    }

    @Test
    void sendsItsHeadersAndNeverShowsThem() {
        set("|\"headers\":{\"Authorization\":\"Bearer tops3cret\",\"X-Shop\":\"1\"}");
        origin.answers(at("p6"), value("x"));

        api.get(path("p6")).expect(200);

        var received = origin.received(at("p6")).getFirst();
        assertThat(received.header("Authorization")).isEqualTo("Bearer tops3cret");
        assertThat(received.header("X-shop")).isEqualTo("1");
        var shown = api.send("GET", "cache-namespaces/" + namespace, null).expect(200);
        assertThat(shown.body()).doesNotContain("tops3cret").contains("\"Authorization\":null");

        set("|\"headers\":{\"authorization\":null}");
        origin.answers(at("p7"), value("x"));
        api.get(path("p7")).expect(200);
        assertThat(origin.received(at("p7")).getFirst().header("Authorization")).isEqualTo("Bearer tops3cret");
        assertThat(origin.received(at("p7")).getFirst().header("X-shop")).isEmpty();
    }

    @Test
    void aClientsValueComesBeforeTheOrigins() {
        var gate = new CountDownLatch(1);
        origin.answers(at("p8"), origin.after(gate, value("of the origin")));
        var reading = api.sending("GET", "cache/" + path("p8"), null);
        await().until(() -> !origin.received(at("p8")).isEmpty());

        api.put(path("p8"), "of the client").expect(201);
        gate.countDown();

        assertThat(reading.join().expect(200).body()).isEqualTo("of the client");
        assertThat(api.get(path("p8")).expect(200).body()).isEqualTo("of the client");
        assertThat(origin.received(at("p8"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"delete", "pattern", "namespace", "tag"})
    void whatWasLoadedBeforeAnInvalidationIsNotStored(String how) {
        var gate = new CountDownLatch(1);
        origin.answers(at("p9"), origin.after(gate, value("before", "Cache-Tag", "shoes, sale")));
        var reading = api.sending("GET", "cache/" + path("p9"), null);
        await().until(() -> !origin.received(at("p9")).isEmpty());
        origin.answers(at("p9"), value("after", "Cache-Tag", "shoes"));

        switch (how) {
            case "delete" -> api.delete(path("p9")).expect(404);
            case "pattern" -> api.delete(namespace + "?pattern=p*").expect(200);
            case "namespace" -> api.post(namespace + "/invalidate", "{}").expect(204);
            default -> api.post(namespace + "/invalidate", "{\"tags\":[\"sale\"]}").expect(204);
        }
        gate.countDown();

        assertThat(reading.join().expect(200).body()).isEqualTo("after");
        assertThat(api.get(path("p9")).expect(200).body()).isEqualTo("after");
        api.post(namespace + "/invalidate", "{\"tags\":[\"shoes\"]}").expect(204);
        origin.answers(at("p9"), value("last"));
        assertThat(api.get(path("p9")).expect(200).body()).isEqualTo("last");
    }

    @Test
    void accountsHaveNoOrigins() {
        origin.answers(at("p10"), value("x"));

        client.as(session(ACME, UUID.randomUUID())).get(path("p10")).expect(404);

        assertThat(origin.received(at("p10"))).isEmpty();
    }

    @Test
    void tenantsHaveTheirOwnOrigins() {
        origin.answers(at("p11"), value("x"));

        client.as(application(new TenantId("other"))).get(path("p11")).expect(404);

        assertThat(origin.received(at("p11"))).isEmpty();
    }

    @Test
    void sendsOnlySoManyRequestsAtOnce() {
        set("|\"max_concurrent_loads\":2");
        var gate = new CountDownLatch(1);
        var keys = java.util.stream.IntStream.range(0, 6).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> origin.answers(at(key), origin.after(gate, value(key))));

        var reading = keys.stream()
                .map(key -> api.sending("GET", "cache/" + path(key), null))
                .toList();
        await().until(() -> keys.stream().filter(key -> !origin.received(at(key)).isEmpty()).count() == 2);
        gate.countDown();

        reading.forEach(read -> read.join().expect(200));
        assertThat(keys).allSatisfy(key -> assertThat(origin.received(at(key))).hasSize(1));
    }
}
