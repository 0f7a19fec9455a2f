package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Each test uses its own client address, through a proxy that is trusted here. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.limits.address.refill=1",
            "frontdesk.gateway.limits.address.capacity=10",
            "frontdesk.gateway.limits.address.per-minute=1000",
            "frontdesk.gateway.limits.account.refill=1",
            "frontdesk.gateway.limits.account.capacity=20",
            "frontdesk.gateway.limits.answer-within=5s",
            "frontdesk.gateway.trusted-proxies=127.0.0.0/8",
        })
@WithServers({REDIS_CLUSTER, KAFKA})
class LimitsIT extends RunningGateway {

    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger(1);

    /** Enough to exceed the limit, even on a slow machine and with refills in between. */
    private static final int MANY = 200;

    private final String address = "203.0.113." + NEXT_ADDRESS.getAndIncrement();

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Test
    void tellsHowMuchIsLeft() {
        from(address, _ -> {})
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("RateLimit-Policy", "\"burst\";q=10;w=10, \"minute\";q=1000;w=60")
                .expectHeader()
                .valueMatches("RateLimit", "\"burst\";r=9;t=1, \"minute\";r=999;t=6[0-2]")
                .expectHeader()
                .valueEquals("X-RateLimit-Limit-Minute", "1000")
                .expectHeader()
                .valueEquals("X-RateLimit-Remaining-Minute", "999")
                .expectHeader()
                .doesNotExist("X-RateLimit-Limit-Hour");
    }

    @Test
    void refusesAnAddressBeyondItsLimitWithRetryAfter() {
        exhaust(address, _ -> {})
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .valueMatches("RateLimit", "\"burst\";r=0;t=[0-9]+.*")
                .expectHeader()
                .exists("X-Trace-Id")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/rate-limited")
                .jsonPath("$.status")
                .isEqualTo(429)
                .jsonPath("$.error")
                .isEqualTo("rate_limit_exceeded")
                .jsonPath("$.reason")
                .isEqualTo("burst")
                .jsonPath("$.limit")
                .isEqualTo(10)
                .jsonPath("$.current")
                .isEqualTo(10)
                .jsonPath("$.retry_after")
                .isEqualTo(1);

        int seen = cache.seen().size();
        assertThat(seen).isBetween(10, MANY - 1);
        from("198.51.100.1", _ -> {}).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing",
        "GET, /",
        "POST, /health",
        "GET, /api/v1//sessions",
        "GET, /api/v1/sessions?access_token=x",
        "OPTIONS, /nothing",
        "GET, /%61pi/v2",
        "GET, /api/v1/sessions?upgrade",
    })
    void countsWhatLeadsNowhereToo(String method, String uri) {
        for (int i = 0; i < MANY; i++) {
            int status = status(client().method(HttpMethod.valueOf(method))
                    .uri(URI.create("http://127.0.0.1:" + port + uri))
                    .header("X-Forwarded-For", address)
                    .headers(headers -> {
                        if (method.equals("OPTIONS")) {
                            headers.setOrigin("https://a.example");
                            headers.setAccessControlRequestMethod(HttpMethod.PUT);
                        }
                        if (uri.endsWith("upgrade")) {
                            headers.setUpgrade("websocket");
                        }
                    })
                    .exchange());
            if (status == 429) {
                return;
            }
        }
        throw new AssertionError("Never refused");
    }

    @Test
    void sendsStrictTransportSecurityBehindATrustedHttpsProxy() {
        from(address, headers -> headers.set("X-Forwarded-Proto", "https"))
                .expectHeader()
                .valueEquals("Strict-Transport-Security", "max-age=31536000");
        from(address, headers -> headers.set("X-Forwarded-Proto", "http"))
                .expectHeader()
                .doesNotExist("Strict-Transport-Security");
        from(address, _ -> {}).expectHeader().doesNotExist("Strict-Transport-Security");
    }

    @Test
    void givesAStrangerNoFullBucketInEveryTenant() {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < MANY && !statuses.contains(429); i++) {
            String tenant = "tenant-" + i;
            statuses.add(status(from(address, headers -> headers.set("X-Tenant-Id", tenant))));
        }

        assertThat(statuses).contains(429);
    }

    @Test
    void countsGuessedTokensAgainstTheAddress() {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < MANY && !statuses.contains(429); i++) {
            statuses.add(status(from(address, headers -> headers.setBearerAuth(SessionBackend.newToken()))));
        }

        assertThat(statuses).contains(401, 429).doesNotContain(200);
    }

    @Test
    void looksNoGuessedTokenUpForAnAddressThatIsRefused() {
        exhaust(address, _ -> {});
        int before = sessions.lookUps().size();

        long begin = System.nanoTime();
        var unasked = Stream.generate(() -> guess(address))
                .limit(MANY)
                .flatMap(Optional::stream)
                .toList();
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;

        // The bucket gets one request more each second, and that one is refused each second.
        int lookUps = sessions.lookUps().size() - before;
        assertThat(lookUps).isLessThanOrEqualTo((int) (3 * (seconds + 1)));
        assertThat(unasked)
                .hasSizeGreaterThanOrEqualTo(MANY - lookUps)
                .allSatisfy(refusal -> refusal.expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectHeader()
                        .valueEquals("Retry-After", "1")
                        .expectHeader()
                        .valueMatches("RateLimit", "\"burst\";r=0;t=[0-9]+.*")
                        .expectHeader()
                        .exists("X-Trace-Id"));
        unasked.getFirst()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/rate-limited")
                .jsonPath("$.reason")
                .isEqualTo("burst")
                .jsonPath("$.limit")
                .isEqualTo(10)
                .jsonPath("$.retry_after")
                .isEqualTo(1);
    }

    @Test
    void acceptsACachedSessionAtARefusedAddress() {
        String known = sessions.open("acme");
        from(address, headers -> headers.setBearerAuth(known)).expectStatus().isOk();
        String stranger = sessions.open("acme");

        exhaust(address, _ -> {});

        from(address, headers -> headers.setBearerAuth(known)).expectStatus().isOk();
        from("198.51.100.3", headers -> headers.setBearerAuth(stranger))
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/cache/menu/soup, 19",
        "GET, /api/v1/cache/stats, 15",
        "HEAD, /api/v1/cache/stats, 15",
        "GET, /api/v1/cache/menu/stats, 19",
        "DELETE, /api/v1/cache/menu?pattern=*, 10",
        "DELETE, /api/v1/cache/menu/soup, 19",
        "POST, /api/v1/cache/menu/warm-up, 10",
        "DELETE, /api/v1/cache/menu/warm-up, 19",
        "GET, /api/v1/cache-operations, 19",
    })
    void countsWhatIsExpensiveAsSeveral(String method, String uri, int left) {
        client().method(HttpMethod.valueOf(method))
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .headers(headers -> headers.setBearerAuth(sessions.open("acme")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("RateLimit", "\"burst\";r=" + left + ";.*");
    }

    @Test
    void countsASessionAgainstItsAccountFromEverywhere() {
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String one = sessions.open(account);
        String other = sessions.open(
                new Caller.Account(account.tenant(), account.accountId(), UUID.randomUUID(), account.roles()));

        exhaust(address, headers -> headers.setBearerAuth(one))
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("burst")
                .jsonPath("$.limit")
                .isEqualTo(20);

        expectNothingLeft("198.51.100.2", headers -> headers.setBearerAuth(other));
        // Its address still has its whole limit, and so have all other accounts.
        from(address, _ -> {}).expectHeader().valueMatches("RateLimit", "\"burst\";r=9;.*");
        String stranger = sessions.open("acme");
        from(address, headers -> headers.setBearerAuth(stranger))
                .expectHeader()
                .valueMatches("RateLimit", "\"burst\";r=19;.*");
    }

    @Test
    void doesNotLimitTheOperator() {
        String key = environment.variable("FRONTDESK_OPERATOR_KEY");
        for (int i = 0; i < 30; i++) {
            from(address, headers -> headers.set("X-API-Key", key))
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("RateLimit");
        }
    }

    @Test
    void limitsAnIpv6NetworkAsOne() {
        String network = "2001:db8:" + Integer.toHexString(NEXT_ADDRESS.getAndIncrement()) + ":1:";
        exhaust(network + ":1", _ -> {});

        expectNothingLeft(network + "ffff::2", _ -> {});
    }

    @Test
    void namesInstallationAndTenantInItsKeys() {
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String token = sessions.open(account);
        // A key stays until its bucket is full again: one second for each request.
        for (int i = 0; i < 15; i++) {
            from(address, headers -> headers.setBearerAuth(token))
                    .expectStatus()
                    .isOk();
        }
        from(address, _ -> {}).expectStatus().isOk();

        List<String> keys = redis.scan(
                        ScanOptions.scanOptions().match("*:limit:*").count(1000).build())
                .collectList()
                .blockOptional(Duration.ofSeconds(5))
                .orElseThrow();

        String prefix = "frontdesk:" + environment.variable("FRONTDESK_ENV") + ":";
        assertThat(keys)
                .contains(prefix + "acme:limit:" + Partition.of("acme").tag() + ":account."
                        + hash(account.accountId().toString()))
                .contains(prefix + "_:limit:" + Partition.of(address).tag() + ":address." + hash(address));
    }

    private static String hash(String id) {
        return Sha256.hex(id).substring(0, 32);
    }

    /** The refusal, provided that no look-up was made for it. */
    private Optional<ResponseSpec> guess(String from) {
        int before = sessions.lookUps().size();
        var response = from(from, headers -> headers.setBearerAuth(SessionBackend.newToken()));
        return status(response) == 429 && sessions.lookUps().size() == before
                ? Optional.of(response)
                : Optional.empty();
    }

    private ResponseSpec exhaust(String from, Consumer<HttpHeaders> headers) {
        for (int i = 0; i < MANY; i++) {
            var response = from(from, headers);
            if (status(response) == 429) {
                return response;
            }
        }
        throw new AssertionError("Never refused");
    }

    /** A token may be added at the turn of a second; a separate bucket would have enough for all of these. */
    private void expectNothingLeft(String from, Consumer<HttpHeaders> headers) {
        assertThat(Stream.generate(() -> status(from(from, headers))).limit(5)).contains(429);
    }

    private ResponseSpec from(String address, Consumer<HttpHeaders> headers) {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .header("X-Forwarded-For", address)
                .headers(headers)
                .exchange();
    }

    private static int status(ResponseSpec response) {
        var status = new AtomicInteger();
        response.expectStatus().value(status::set);
        return status.get();
    }
}
