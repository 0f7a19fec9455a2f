package dev.frontdesk.registration.outages;

import static dev.frontdesk.registration.Mailbox.ACCOUNT_VERIFIED;
import static dev.frontdesk.registration.Mailbox.ADDRESS_ALREADY_REGISTERED;
import static dev.frontdesk.registration.Mailbox.VERIFICATION_REQUESTED;
import static dev.frontdesk.registration.Mailbox.wrong;
import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.pendingregistrations.PendingRegistrationGauge;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Postgres;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.data.redis.timeout=1s",
            // Two hundred concurrent requests may wait for their connection on a build machine.
            "spring.r2dbc.pool.max-acquire-time=9s",
            "frontdesk.registration.accounts.read-timeout=9s",
            "frontdesk.registration.accounts.write-timeout=9s"
        })
@WithServers(
        value = KAFKA,
        own = {REDIS, POSTGRES})
@Import(Fixtures.class)
@TestMethodOrder(OrderAnnotation.class)
@ConcurrentTestClass
class RedisOutageIT {

    /** Tests of one outage run one after the other, because each server start takes time. */
    private static final int WHILE_STOPPED = 1;

    private static final int BACK = 2;

    private static final String STRANGERS = "amber lighthouse 7";

    private static final String ME = "/api/v1/users/me";

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Stores stores;

    @Autowired
    private Redis redis;

    @Autowired
    private Postgres postgres;

    @Autowired
    private PendingRegistrationGauge total;

    @Autowired
    private MutableClock clock;

    private final String email = anyEmail();
    private static boolean stopped;
    private boolean paused;

    @BeforeEach
    void begin(TestInfo test) {
        boolean ordered = test.getTestMethod()
                .filter(method -> method.isAnnotationPresent(Order.class))
                .isPresent();
        if (stopped && !ordered) {
            start();
        }
    }

    @AfterEach
    void comeBack() {
        if (paused) {
            resume();
        }
    }

    @Test
    @Order(BACK)
    void takesAndProvesSignUpsWhileRedisIsStopped() {
        stop();

        visitor.registers(email);
        String code = mailbox.code(email);
        visitor.verify(email, wrong(code)).expectStatus().isBadRequest();
        visitor.verify(email, code).expectStatus().isCreated();
        visitor.verify(email, code).expectStatus().isBadRequest();
        visitor.registers(email);
        mailbox.awaitEvents(email, ADDRESS_ALREADY_REGISTERED, 1);

        start();
        awaitHandedOver();
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
        assertOneAccount();
    }

    @Test
    void takesSignUpsWhileRedisIsFrozenAndProvesThemWhenItIsBack() {
        pause();
        for (int i = 0; i < 3; i++) {
            visitor.register(ada(email)).expectStatus().isAccepted();
        }
        String code = mailbox.code(email, 3);
        visitor.verify(email, wrong(code)).expectStatus().isBadRequest();
        assertThat(total.get().block(Duration.ofSeconds(5))).isEqualTo(new PendingRegistrationGauge.Total(1, false));

        resume();
        awaitHandedOver();

        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "1").containsEntry("code_attempts", "1");
        visitor.verify(email, code).expectStatus().isCreated();
        assertOneAccount();
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 3);
    }

    @Test
    void createsAndRevokesApiKeysWhileRedisIsFrozenAndCopiesThemWhenItIsBack() {
        var operator = new Caller.Operator(ACME);
        String keys = "/api/v1/api-keys";
        pause();

        String id = json(visitor.post(keys, operator, Map.of("name", "Shop", "scopes", List.of("cache:write")))
                        .expectStatus()
                        .isCreated())
                .get("id")
                .asString();
        members.send(HttpMethod.DELETE, keys + "/" + id, operator, null)
                .expectStatus()
                .isNoContent();

        resume();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stores.keys()).anyMatch(it -> it.endsWith(":_:api-keys:" + id)));
    }

    @Test
    void provesOnceWhatBothStoresHave() {
        pause();
        visitor.registers(email);
        String code = mailbox.code(email);
        visitor.verify(email, code).expectStatus().isCreated();

        resume();
        awaitHandedOver();

        // The frozen server has stored the registration after all, and has received its deletion.
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, email));
        visitor.verify(email, code).expectStatus().isBadRequest();
        assertOneAccount();
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 1);
    }

    @Test
    @Order(WHILE_STOPPED)
    void judgesNoCodeThatOnlyRedisKnows() {
        start();
        visitor.registers(email);
        String code = mailbox.code(email);
        awaitHandedOver();
        stop();
        for (int i = 0; i < 7; i++) {
            assertUnavailable(visitor.verify(email, wrong(code)));
        }
        assertThat(stores.accounts(email)).isEmpty();
        assertThat(stores.fallback(email)).isEmpty();
    }

    @Test
    void takesSignUpsWhileRedisIsSlow() throws IOException {
        visitor.registers(email);
        try (var redisClient = new Socket(redis.host(), redis.port())) {
            // All commands are executed, but answered after their timeout.
            redisClient.getOutputStream().write("CLIENT PAUSE 1500 ALL\r\n".getBytes(StandardCharsets.US_ASCII));
            redisClient.getInputStream().read();
            visitor.register(ada(email)).expectStatus().isAccepted();
        }
        String code = mailbox.code(email, 2);
        awaitAnswers();
        awaitHandedOver();

        assertThat(stores.pending(ACME, email)).containsEntry("attempts", "0").containsEntry("code_attempts", "0");
        visitor.verify(email, code).expectStatus().isCreated();
        assertOneAccount();
        assertThat(mailbox.events(email, VERIFICATION_REQUESTED)).hasSize(2);
    }

    @Test
    void takesSignUpsElsewhereWhileRedisIsFullAndLosesNoneThatItKnows() {
        String known = anyEmail();
        visitor.registers(known);
        String codeOfKnown = mailbox.code(known);
        awaitHandedOver();
        redis.fill();
        try {
            for (int i = 0; i < 6; i++) {
                visitor.registers(anyEmail());
            }
            visitor.registers(email);
            assertThat(stores.fallback(email)).isNotEmpty();

            visitor.verify(known, wrong(codeOfKnown)).expectStatus().isBadRequest();
            visitor.verify(known, codeOfKnown).expectStatus().isCreated();
            visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
        } finally {
            redis.makeRoom();
        }
        awaitHandedOver();
        visitor.logIn(ACME, known, PASSWORD).expectStatus().isOk();
        assertOneAccount();
    }

    @Test
    void keepsTheCodeUsableThatAFrozenRedisKnows() {
        visitor.registers(email);
        String code = mailbox.code(email);
        awaitHandedOver();
        pause();
        assertUnavailable(visitor.verify(email, code));
        assertThat(stores.accounts(email)).isEmpty();
        resume();
        // The frozen server has executed the lost request by now: its claim was released again.
        await().untilAsserted(() -> visitor.verify(email, code).expectStatus().isCreated());
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        assertOneAccount();
    }

    @Test
    void keepsTheSignUpsOfBothStores() {
        visitor.registers(email);
        String first = mailbox.code(email);
        visitor.verify(email, wrong(first)).expectStatus().isBadRequest();
        pause();
        visitor.register(stranger()).expectStatus().isAccepted();
        String second = mailbox.code(email, 2);
        resume();
        awaitHandedOver();

        assertThat(stores.pending(ACME, email))
                .containsEntry("first_name", "Ada")
                .containsEntry("2:first_name", "Mallory")
                .containsEntry("contested", "1")
                .containsEntry("attempts", "1");
        JsonNode account = json(visitor.verify(email, second).expectStatus().isCreated());
        assertThat(account.get("password_required").asBoolean()).isTrue();
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
        visitor.verify(email, first).expectStatus().isBadRequest();
        assertOneAccount();
    }

    /** Only Redis knows that the owner has signed up, and Redis is down when the owner uses the stranger's code. */
    @Test
    @Order(WHILE_STOPPED)
    void opensNothingWithAStrangersPasswordDuringTheOutage() {
        start();
        visitor.registers(email);
        awaitHandedOver();
        stop();
        visitor.register(stranger()).expectStatus().isAccepted();

        JsonNode account = json(
                visitor.verify(email, mailbox.code(email, 2)).expectStatus().isCreated());

        assertThat(account.get("password_required").asBoolean()).isTrue();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
        assertOneAccount();
    }

    @Test
    @Order(WHILE_STOPPED)
    void opensWithTheSentPasswordDuringTheOutage() {
        stop();
        visitor.register(stranger()).expectStatus().isAccepted();
        visitor.registers(email);
        mailbox.codes(email, 2);
        clock.advance(Duration.ofSeconds(60));
        visitor.resend(email).expectStatus().isAccepted();
        List<String> codes = mailbox.codes(email, 3);

        // A resend renews the newest sign-up of the client, and the code of the other one still works.
        JsonNode account = json(
                visitor.verify(email, codes.getFirst(), PASSWORD).expectStatus().isCreated());

        assertThat(account.has("password_required")).isFalse();
        assertThat(account.get("first_name").asString()).isEqualTo("Ada");
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isOk();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
        assertOneAccount();
    }

    @Test
    @Order(WHILE_STOPPED)
    void opensOneAccountForParallelCodesOfTwoSignUps() {
        stop();
        visitor.register(stranger()).expectStatus().isAccepted();
        visitor.registers(email);
        List<String> codes = mailbox.codes(email, 2);

        Map<Integer, Long> answers = Flux.range(0, 50)
                .flatMap(i -> visitor.verifying(email, codes.get(i % 2)), 50)
                .collect(groupingBy(Visitor.Answer::status, counting()))
                .blockOptional()
                .orElseThrow();

        assertThat(answers).isEqualTo(Map.of(201, 1L, 400, 49L));
        visitor.logIn(ACME, email, PASSWORD).expectStatus().isUnauthorized();
        visitor.logIn(ACME, email, STRANGERS).expectStatus().isUnauthorized();
        assertOneAccount();
    }

    private Map<String, Object> stranger() {
        Map<String, Object> body = ada(email);
        body.put("password", STRANGERS);
        body.put("first_name", "Mallory");
        return body;
    }

    @Test
    void countsCodesDuringTheOutageAndTogetherAfterwards() {
        signUp(0, 12);
        pause();
        signUp(12, 16);
        resume();
        awaitHandedOver();
        signUp(16, 20);
        visitor.registerFrom("192.0.2.20", ada(email)).expectStatus().isEqualTo(429);
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 20);
    }

    /** Each from another client, and so late that the earlier codes have expired. */
    private void signUp(int from, int to) {
        for (int i = from; i < to; i++) {
            clock.advance(Duration.ofMinutes(10));
            visitor.registerFrom("192.0.2." + i, ada(email)).expectStatus().isAccepted();
        }
    }

    @Test
    @Order(WHILE_STOPPED)
    void acknowledgesNothingThatIsNotStored() {
        stop();
        postgres.stop();
        try {
            assertUnavailable(visitor.register(ada(email)));
            assertUnavailable(visitor.resend(email));
            assertUnavailable(visitor.verify(email, "000000"));
        } finally {
            postgres.start();
        }
        await().untilAsserted(() -> visitor.registers(email));
        visitor.verify(email, mailbox.code(email)).expectStatus().isCreated();
    }

    @Test
    @Order(WHILE_STOPPED)
    void sendsTwentyCodesADayDuringTheOutage() {
        stop();
        signUp(0, 20);
        clock.advance(Duration.ofMinutes(10));
        visitor.registerFrom("192.0.2.20", ada(email)).expectStatus().isEqualTo(429);
    }

    @Test
    void keepsThePromiseOfAnotherCode() {
        visitor.registers(email);
        String first = mailbox.code(email);
        String unknown = anyEmail();
        clock.advance(Duration.ofSeconds(30));
        pause();
        visitor.resend(email).expectStatus().isAccepted();
        visitor.resend(email).expectStatus().isEqualTo(429);
        visitor.resend(unknown).expectStatus().isAccepted();
        resume();
        awaitHandedOver();

        String second = mailbox.code(email, 2);
        visitor.verify(email, first.equals(second) ? wrong(second) : first)
                .expectStatus()
                .isBadRequest();
        visitor.verify(email, second).expectStatus().isCreated();
        assertThat(mailbox.events(unknown, VERIFICATION_REQUESTED)).isEmpty();
        mailbox.awaitEvents(email, VERIFICATION_REQUESTED, 2);
    }

    @Test
    @Order(WHILE_STOPPED)
    void sendsAnotherCodeDuringTheOutage() {
        stop();
        visitor.registers(email);
        String first = mailbox.code(email);
        clock.advance(Duration.ofSeconds(60));
        visitor.resend(email).expectStatus().isAccepted();
        String second = mailbox.code(email, 2);
        visitor.verify(email, first.equals(second) ? wrong(second) : first)
                .expectStatus()
                .isBadRequest();
        visitor.verify(email, second).expectStatus().isCreated();
    }

    @Test
    @Order(WHILE_STOPPED)
    void comparesNoMoreOfManyParallelWrongCodesThanAllowed() {
        stop();
        visitor.registers(email);
        String code = mailbox.code(email);

        assertThat(inParallel(200, wrong(code))).isEqualTo(Map.of(400, 200L));

        assertThat(stores.fallback(email)).containsEntry("attempts", "5");
        assertThat(stores.fallback(email).get("sign_ups")).contains("\"code_attempts\": \"5\"");
        visitor.verify(email, code).expectStatus().isBadRequest();
    }

    @Test
    @Order(WHILE_STOPPED)
    void opensOneAccountForManyParallelRightCodes() {
        stop();
        visitor.registers(email);

        Map<Integer, Long> answers = inParallel(200, mailbox.code(email));

        assertThat(answers).isEqualTo(Map.of(201, 1L, 400, 199L));
        assertOneAccount();
    }

    @Test
    @Order(WHILE_STOPPED)
    void deletesSignUpsThatExpireDuringTheOutage() {
        stop();
        visitor.registers(email);
        String code = mailbox.code(email);
        clock.advance(Duration.ofMinutes(10));
        visitor.verify(email, code).expectStatus().isBadRequest();
        clock.advance(Duration.ofHours(24));
        awaitForgotten();
    }

    /** The account endpoints need no Redis, and reads stay fast: otherwise each would wait for a second. */
    @Test
    void livesOnWithAccountsWhileRedisIsFrozen() {
        start();
        Account account = members.ada(email);
        firstNameOf(account);
        pause();

        Instant start = Instant.now();
        for (int i = 0; i < 30; i++) {
            assertThat(firstNameOf(account)).isEqualTo("Ada");
        }
        // What they would take if each waited for Redis.
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
        members.send(HttpMethod.PATCH, ME, owner(account), Map.of("first_name", "Augusta"))
                .expectStatus()
                .isOk();
        assertThat(firstNameOf(account)).isEqualTo("Augusta");
        visitor.post("/api/v1/users/forgot-password", new Caller.Anonymous(ACME), Map.of("email", email))
                .expectStatus()
                .isAccepted();

        resume();
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(firstNameOf(account)).isEqualTo("Augusta"));
    }

    @Test
    void readsAndDeletesAccountsWhileRedisIsStopped() {
        start();
        Account account = members.ada(email);
        firstNameOf(account);
        stop();

        assertThat(firstNameOf(account)).isEqualTo("Ada");
        members.send(HttpMethod.DELETE, ME, owner(account), Map.of("password", PASSWORD))
                .expectStatus()
                .isNoContent();

        members.get(ME, owner(account)).expectStatus().isNotFound();
        start();
        members.get(ME, owner(account)).expectStatus().isNotFound();
    }

    private String firstNameOf(Account account) {
        return json(members.get(ME, owner(account)).expectStatus().isOk())
                .get("first_name")
                .asString();
    }

    private Map<Integer, Long> inParallel(int requests, String code) {
        return Flux.range(0, requests)
                .flatMap(_ -> visitor.verifying(email, code), requests)
                .collect(groupingBy(Visitor.Answer::status, counting()))
                .blockOptional()
                .orElseThrow();
    }

    private void assertOneAccount() {
        assertThat(stores.accounts(email)).hasSize(1);
        mailbox.awaitEvents(email, ACCOUNT_VERIFIED, 1);
    }

    private void awaitForgotten() {
        await().untilAsserted(() -> assertThat(stores.fallback(email)).isEmpty());
    }

    /** Also before an outage: on a busy machine Redis may respond too late to be used first. */
    private void awaitHandedOver() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(stores.count("pending_registrations")).isZero());
    }

    private void awaitAnswers() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        visitor.verify(anyEmail(), "000000").expectStatus().isBadRequest());
    }

    private static void assertUnavailable(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        assertThat(json(answer).get("type").asString()).isEqualTo("https://frontdesk.dev/problems/unavailable");
    }

    private void stop() {
        if (!stopped) {
            redis.stop();
            stopped = true;
        }
    }

    private void start() {
        if (stopped) {
            redis.start();
            stopped = false;
        }
        awaitAnswers();
    }

    private void pause() {
        redis.pause();
        paused = true;
    }

    private void resume() {
        redis.resume();
        paused = false;
        awaitAnswers();
    }
}
