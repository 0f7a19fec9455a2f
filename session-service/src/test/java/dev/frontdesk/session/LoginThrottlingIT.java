package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.session.RegistrationStub.Mood;
import dev.frontdesk.session.sessions.Revocations;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What an attacker gets, and what the owner can do in the meantime. */
@RunningSessionService
@WithServers({REDIS, KAFKA})
class LoginThrottlingIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String WRONG = "incorrect horse battery";

    /** A separate tenant for each test: the failures of a tenant are counted together. */
    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));

    private final String ada = "ada@example.org";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Autowired
    private Revocations revocations;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    private UUID account = UUID.randomUUID();
    private int strangers;

    @BeforeEach
    void adaHasAnAccount() {
        registration.is(Mood.KNOWS_ACCOUNTS);
        account = registration.knows(tenant, ada, PASSWORD);
    }

    @Test
    void aLockedNameGetsOneAnswerWhateverThePasswordAndWhetherItExists() {
        guess(ada, 5);
        guess("nobody@example.org", 5);
        int seen = registration.passwordsSeen();

        var right = locked(login(ada, PASSWORD, somewhere()));
        var wrong = locked(login(ada, WRONG, somewhere()));
        var unknown = locked(login("nobody@example.org", WRONG, somewhere()));

        assertThat(right)
                .isEqualTo(wrong)
                .isEqualTo(unknown)
                .contains("too-many-failed-logins")
                .contains("\"error\":\"rate_limit_exceeded\"")
                .contains("\"reason\":\"failed_logins_of_name\"")
                .contains("\"limit\":5")
                .contains("\"current\":5")
                .contains("\"retry_after\":1");
        assertThat(registration.passwordsSeen()).isEqualTo(seen);
    }

    @Test
    void ofTwoHundredGuessesAtOnceNoMoreThanFiveAreLookedAt() throws Exception {
        opened(login(ada, PASSWORD, somewhere()));
        int seen = registration.passwordsSeen();

        List<Callable<Integer>> guesses = IntStream.range(0, 200)
                .<Callable<Integer>>mapToObj(i -> () -> statusOf(login(ada, "guess " + i, "198.51.100." + (i + 1))))
                .toList();
        Map<Integer, Long> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(guesses).stream()
                    .collect(Collectors.groupingBy(Future::resultNow, Collectors.counting()));
        }

        // A busy machine may refuse some of them with 503; then no password is checked.
        assertThat(answers.keySet()).contains(401, 429).isSubsetOf(401, 429, 503);
        assertThat(answers.get(401)).isLessThanOrEqualTo(5);
        assertThat(registration.passwordsSeen()).isBetween(seen + 1, seen + 5);
    }

    @Test
    void fortyEightRightLoginsAtOnceAllComeIn() throws Exception {
        List<Callable<Integer>> logins = IntStream.range(0, 48)
                .<Callable<Integer>>mapToObj(_ -> () -> statusOf(login(ada, PASSWORD, "198.51.100.1")))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(logins).stream().map(Future::resultNow))
                    .containsOnly(201);
        }
    }

    @Test
    void aNetworkWhosePasswordsAreNotLookedAtIsToldSoAndCountsNothing() {
        registration.is(Mood.COUNTS_CLIENTS);
        for (int i = 0; i < 6; i++) {
            assertThat(login(ada, PASSWORD, somewhere())
                            .expectStatus()
                            .isEqualTo(429)
                            .expectHeader()
                            .valueEquals("Retry-After", "7")
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody())
                    .contains("\"reason\":\"hash_limit\"")
                    .contains("\"limit\":100");
        }
        registration.is(Mood.KNOWS_ACCOUNTS);

        opened(login(ada, PASSWORD, somewhere()));
    }

    @Test
    void aDeviceThatWasHereBeforeComesInWhileStrangersGuess() {
        var phone = opened(login(ada, PASSWORD, somewhere()));
        guess(ada, 5);
        login(ada, PASSWORD, somewhere()).expectStatus().isEqualTo(429);

        var again = opened(login(ada, PASSWORD, somewhere(), Map.of("device_token", phone.deviceToken())));

        assertThat(again.deviceToken()).isEqualTo(phone.deviceToken());
        assertThat(again.token()).isNotEqualTo(phone.token());
        login(ada, PASSWORD, somewhere()).expectStatus().isEqualTo(429);
    }

    @Test
    void theNewsOfALoginSaysWhetherItsDeviceIsKnown() {
        var first = opened(login(ada, PASSWORD, somewhere()));
        opened(login(ada, PASSWORD, somewhere(), Map.of("device_token", first.deviceToken())));
        opened(login(ada, PASSWORD, somewhere()));

        await().atMost(Duration.ofSeconds(20)).until(() -> openings().size() == 3);
        assertThat(openings()).extracting(SessionOpened::knownDevice).containsExactly(false, true, false);
        assertThat(openings().stream().map(SessionOpened::deviceId).distinct()).hasSize(2);
    }

    private List<SessionOpened> openings() {
        return kafka.topic(Topics.SESSION_EVENTS).records().stream()
                .filter(told -> account.toString().equals(told.key()))
                .map(told -> (SessionOpened)
                        codec.read(EventType.SESSION_OPENED, told.value().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void aPlantedDeviceTokenIsNeverAdopted() {
        registration.knows(tenant, "eve@example.org", PASSWORD);
        var eve = opened(login("eve@example.org", PASSWORD, somewhere()));

        var opened = opened(login(ada, PASSWORD, somewhere(), Map.of("device_token", eve.deviceToken())));

        assertThat(opened.deviceToken()).matches("fdd_[A-Za-z0-9_-]{43}").isNotEqualTo(eve.deviceToken());
    }

    @Test
    void aSuccessEndsTheCount() {
        for (int i = 0; i < 3; i++) {
            guess(ada, 4);
            opened(login(ada, PASSWORD, somewhere()));
        }
    }

    @Test
    void oneClientGuessesAtNoMoreThanTwentyNames() {
        for (int i = 0; i < 20; i++) {
            login("nobody" + i + "@example.org", WRONG, "2001:db8::" + i)
                    .expectStatus()
                    .isUnauthorized();
        }

        assertThat(locked(login(ada, PASSWORD, "2001:db8::ffff"))).contains("failed_logins_of_range");
        opened(login(ada, PASSWORD, "2001:db8:0:1::1"));
    }

    @Test
    void aMissingPasswordCheckIsNoFailure() {
        registration.is(Mood.OVERLOADED);
        for (int i = 0; i < 6; i++) {
            login(ada, PASSWORD, somewhere())
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "7");
        }
        registration.is(Mood.KNOWS_ACCOUNTS);

        opened(login(ada, PASSWORD, somewhere()));
    }

    @Test
    void aBrowserThatAsksForCookiesGetsItsTokensThereAlone() {
        var asked = edge.from(tenant, somewhere())
                .post()
                .uri(GatewayStub.SESSIONS)
                .header(Headers.COOKIES, Headers.COOKIES_ALLOWED)
                .bodyValue(Map.of("email", ada, "password", PASSWORD, "transport", "cookie"))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectCookie()
                .httpOnly("__Host-frontdesk-session", true)
                .expectCookie()
                .secure("__Host-frontdesk-device", true)
                .expectCookie()
                .maxAge("__Host-frontdesk-device", Duration.ofDays(180))
                .expectBody(String.class)
                .returnResult();

        assertThat(asked.getResponseBody()).contains("session_id").doesNotContain("token");
        var device = requireNonNull(asked.getResponseCookies().getFirst("__Host-frontdesk-device"))
                .getValue();
        guess(ada, 5);
        var known = edge.from(tenant, somewhere())
                .post()
                .uri(GatewayStub.SESSIONS)
                .cookie("__Host-frontdesk-device", device)
                .bodyValue(Map.of("email", ada, "password", PASSWORD))
                .exchange();
        // A script can read the body, but not the cookie.
        assertThat(known.expectStatus()
                        .isCreated()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("fds_")
                .doesNotContain("device_token")
                .doesNotContain("fdd_");
    }

    @Test
    void aDeviceTokenThatIsNewIsInTheBodyOfWhoAsksForTokens() {
        var strange = edge.from(tenant, somewhere())
                .post()
                .uri(GatewayStub.SESSIONS)
                .cookie("__Host-frontdesk-device", "fdd_" + "x".repeat(43))
                .bodyValue(Map.of("email", ada, "password", PASSWORD))
                .exchange();

        assertThat(opened(strange).deviceToken()).startsWith("fdd_").doesNotContain("xxx");
    }

    @Test
    void noDeviceIsKnownByALoginThatOpensNothing() {
        revocations.revokeOpenedBefore(1, tenant, account, null).block();

        for (int i = 0; i < 6; i++) {
            login(ada, PASSWORD, somewhere()).expectStatus().isEqualTo(503);
        }

        assertThat(devicesOfTheTenant()).isEmpty();
        // A correct password is not a failure either.
        registration.has(1, account);
        opened(login(ada, PASSWORD, somewhere()));
        assertThat(devicesOfTheTenant()).hasSize(1);
    }

    @Test
    void aSessionThatIsOpenIsToldOfThoughItsDeviceCouldNotBeNoted() {
        opened(login(ada, PASSWORD, somewhere()));
        var devices = devicesOfTheTenant().getFirst();
        redis.delete(devices).block();
        redis.opsForValue().set(devices, "no sorted set").block();

        var login = opened(login(ada, PASSWORD, somewhere()));

        assertThat(edge.introspect(login.token()).active()).isTrue();
        redis.delete(devices).block();
        assertThat(opened(login(ada, PASSWORD, somewhere(), Map.of("device_token", login.deviceToken())))
                        .deviceToken())
                .isNotEqualTo(login.deviceToken());
    }

    private List<String> devicesOfTheTenant() {
        var named = ScanOptions.scanOptions()
                .match("*:" + tenant.value() + ":login-devices:*")
                .count(1_000)
                .build();
        return requireNonNull(redis.scan(named).distinct().collectList().block());
    }

    @Test
    void setsNoCookiesWithoutTheGatewaysPermission() {
        int seen = registration.passwordsSeen();

        login(ada, PASSWORD, somewhere(), Map.of("transport", "cookie"))
                .expectStatus()
                .isForbidden();

        assertThat(registration.passwordsSeen()).isEqualTo(seen);
    }

    private void guess(String email, int times) {
        for (int i = 0; i < times; i++) {
            login(email, WRONG, somewhere()).expectStatus().isUnauthorized();
        }
    }

    private ResponseSpec login(String email, String password, String address) {
        return login(email, password, address, Map.of());
    }

    private ResponseSpec login(String email, String password, String address, Map<String, String> more) {
        var body = new HashMap<>(more);
        body.put("email", email);
        body.put("password", password);
        return edge.from(tenant, address)
                .post()
                .uri(GatewayStub.SESSIONS)
                .bodyValue(body)
                .exchange();
    }

    private static int statusOf(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }

    private static GatewayStub.Login opened(ResponseSpec answer) {
        return requireNonNull(answer.expectStatus()
                .isCreated()
                .expectBody(GatewayStub.Login.class)
                .returnResult()
                .getResponseBody());
    }

    private static String locked(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    /** A client address that is new in this tenant. */
    private String somewhere() {
        strangers++;
        return "203.0.113." + strangers;
    }
}
