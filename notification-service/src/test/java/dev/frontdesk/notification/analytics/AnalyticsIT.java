package dev.frontdesk.notification.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

@RunningService
class AnalyticsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EVENTS = "/api/v1/analytics/events";
    private static final String COUNTS = "/api/v1/analytics/counts";

    @Autowired
    private EventSimulator world;

    @Autowired
    private DailyCounts counts;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private Api shop;

    @BeforeEach
    void callAsTheShop() {
        shop = api(tenant);
    }

    @Test
    void countsByDayAndKind() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        var key = Map.of(Headers.IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        shop.post(EVENTS, Map.of("kind", "order.placed", "day", today), key);
        shop.post(EVENTS, Map.of("kind", "order.placed", "day", today), key);
        shop.post(EVENTS, Map.of("kind", "order.placed", "day", today, "count", 4));
        shop.post(EVENTS, Map.of("kind", "order.sent", "day", "2026-11-01"));

        awaits(
                "?from=2026-11-01",
                "[{\"day\":\"2026-11-01\",\"kind\":\"order.sent\",\"count\":1},{\"day\":\"" + today
                        + "\",\"kind\":\"order.placed\",\"count\":5}]");
        assertThat(shop.get(COUNTS + "?from=2026-11-01&kind=order.sent").body().get("counts"))
                .hasSize(1);
        assertThat(shop.get(COUNTS + "?from=2026-11-01&to=2026-11-02").body().get("counts"))
                .hasSize(1);
        assertThat(shop.get(COUNTS + "?from=2026-10-31&to=2026-11-01").body().get("counts"))
                .isEmpty();
        assertThat(api("other").get(COUNTS).body().get("counts").toString()).doesNotContain("order.placed");
    }

    @Test
    void countsWhatHappensToAccounts() {
        var event = new AccountVerified(
                tenant, UUID.randomUUID(), EventSimulator.anyEmail(), "Ada", "Lovelace", "en", Instant.now());
        var told = world.happens(event);
        world.again(told);
        shop.post(EVENTS, Map.of("kind", "zz"));

        String today = LocalDate.now(ZoneOffset.UTC).toString();
        awaits(
                "",
                "[{\"day\":\"" + today + "\",\"kind\":\"account.verified\",\"count\":1},{\"day\":\"" + today
                        + "\",\"kind\":\"zz\",\"count\":1}]");
    }

    @Test
    void countsOnceHoweverOftenAndHoweverManyTryIt() {
        var job = UUID.randomUUID();
        var day = LocalDate.of(2026, 11, 2);
        var id = new TenantId(tenant);

        Flux.range(0, 40)
                .flatMap(
                        number ->
                                counts.count(id, number < 20 ? job : UUID.randomUUID(), new CountedEvent("k", day, 1)),
                        16)
                .blockLast(SOON);

        assertThat(counts.find(id, day, day.plusDays(1), "k", 10).block(SOON))
                .containsExactly(new DailyCounts.Count(day, "k", 21));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(shop.post(EVENTS, Map.of("kind", "No Kind", "day", "2100-01-01", "count", 0))
                        .body()
                        .get("errors"))
                .hasSize(3);
        assertThat(shop.get(COUNTS + "?from=yesterday&to=x&kind=%00").body().get("errors"))
                .hasSize(3);
        assertThat(shop.get(COUNTS + "?from=2020-01-01&to=2026-01-01").status()).isEqualTo(400);
        assertThat(shop.get(COUNTS + "?from=2026-01-01&to=2026-01-01").status()).isEqualTo(400);
    }

    private void awaits(String query, String counted) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                shop.get(COUNTS + query).body().get("counts").toString())
                        .isEqualTo(counted));
    }

    private Api api(String name) {
        return new Api(
                gateway,
                port,
                new Caller.Account(
                        new TenantId(name), UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE)));
    }
}
