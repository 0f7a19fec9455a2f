package dev.frontdesk.registration.clientlimits;

import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Mailbox;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** With the default limits. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "frontdesk.registration.client-limit.refill=30",
            "frontdesk.registration.client-limit.burst=10",
            "frontdesk.registration.client-limit.ranges[0].networks=192.0.2.0/24",
            "frontdesk.registration.client-limit.ranges[0].refill=60",
            "frontdesk.registration.client-limit.ranges[0].burst=15",
            "frontdesk.registration.hash-limit.refill=60",
            "frontdesk.registration.hash-limit.burst=5",
            "spring.data.redis.timeout=5s",
            "frontdesk.registration.accounts.read-timeout=9s",
            "frontdesk.registration.accounts.write-timeout=9s"
        })
@WithServers(
        value = {POSTGRES, KAFKA},
        own = REDIS)
@Import(Fixtures.class)
@TestMethodOrder(OrderAnnotation.class)
@ConcurrentTestClass
class ClientLimitIT {

    private static final String REGISTER = "/api/v1/users/register";
    private static final String RESEND = "/api/v1/users/resend-verification";
    private static final String FORGOT = "/api/v1/users/forgot-password";
    private static final Caller ANONYMOUS = new Caller.Anonymous(ACME);
    private static final AtomicInteger CLIENTS = new AtomicInteger();

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
    private MutableClock clock;

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private PasswordHashing passwords;

    private final String address = "203.0.113." + CLIENTS.incrementAndGet();

    @Test
    void looksAtFivePasswordsOfAClientAtOnceRightOrWrong() {
        String email = anyEmail();
        var account = members.ada(email);
        for (int i = 0; i < 3; i++) {
            logIn(address, email, PASSWORD).expectStatus().isOk();
        }
        logIn(address, email, "violet harbour 43").expectStatus().isUnauthorized();
        logIn(address, anyEmail(), PASSWORD).expectStatus().isUnauthorized();
        long before = passwords.computed();

        var refused = List.of(
                logIn(address, email, PASSWORD),
                logIn(address, anyEmail(), PASSWORD),
                post(
                        address,
                        "/api/v1/users/me/email",
                        owner(account),
                        Map.of("email", anyEmail(), "password", PASSWORD)),
                post(
                        address,
                        "/api/v1/users/me/password",
                        owner(account),
                        Map.of("current_password", PASSWORD, "new_password", "amber lighthouse 7")));

        assertThat(refused).allSatisfy(answer -> {
            JsonNode problem = json(answer.expectStatus().isEqualTo(429));
            assertThat(problem.get("reason").asString()).isEqualTo("hash_limit");
            assertThat(problem.get("limit").asInt()).isEqualTo(5);
            assertThat(problem.get("retry_after").asInt()).isBetween(1, 60);
        });
        assertThat(passwords.computed()).isEqualTo(before);
        logIn("203.0.114.1", email, PASSWORD).expectStatus().isOk();
        clock.advance(Duration.ofMinutes(1));
        logIn(address, email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void refusesAPasswordForWhatIsCheaperToSeeFirst() {
        var account = members.ada(anyEmail());
        long before = passwords.computed();

        post(
                        address,
                        "/api/v1/users/me/email",
                        owner(account),
                        Map.of("email", account.email().value(), "password", "violet harbour 43"))
                .expectStatus()
                .isBadRequest();
        post(
                        address,
                        "/api/v1/users/me/password",
                        owner(account),
                        Map.of("current_password", "violet harbour 43", "new_password", "lovelace lovelace"))
                .expectStatus()
                .isBadRequest();

        assertThat(passwords.computed()).isEqualTo(before);
    }

    @Test
    void refusesTheEleventhSignUpOfAClientBeforeAnyHash() {
        signUp(address, 10);
        String eleventh = anyEmail();
        double refusedBefore = refusals();
        long before = passwords.computed();

        JsonNode problem = refused(register(address, ada(eleventh)));

        assertThat(passwords.computed()).isEqualTo(before);
        assertThat(problem.get("type").asString()).isEqualTo("https://frontdesk.dev/problems/rate-limited");
        assertThat(problem.get("error").asString()).isEqualTo("rate_limit_exceeded");
        assertThat(problem.get("limit").asInt()).isEqualTo(10);
        assertThat(problem.get("current").asInt()).isEqualTo(10);
        assertThat(refusals()).isEqualTo(refusedBefore + 1);
        assertThat(stores.keys()).doesNotContain(stores.pendingKey(ACME, eleventh));
    }

    @Test
    void doesNotLimitOtherClients() {
        signUp(address, 10);
        refused(register(address, ada(anyEmail())));
        String other = anyEmail();
        register("198.51.100.1", ada(other)).expectStatus().isAccepted();
        mailbox.code(other);
    }

    @Test
    void letsOneMoreComeWhenTheWaitIsOver() {
        signUp(address, 10);
        assertThat(refused(register(address, ada(anyEmail())))
                        .get("retry_after")
                        .asInt())
                .isEqualTo(120);
        clock.advance(Duration.ofSeconds(119));
        assertThat(refused(register(address, ada(anyEmail())))
                        .get("retry_after")
                        .asInt())
                .isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        signUp(address, 1);
        refused(register(address, ada(anyEmail())));
    }

    @Test
    void takesAnIpv6NetworkForOneClient() {
        String network = "2001:db8:" + Integer.toHexString(CLIENTS.incrementAndGet()) + ":1:";
        for (int i = 0; i < 10; i++) {
            signUp(network + ":" + (i + 1), 1);
        }
        refused(register(network + "ffff:ffff:ffff:ffff", ada(anyEmail())));
        signUp(network.replace(":1:", ":2:") + ":1", 1);
    }

    @Test
    void countsSignUpsResendsAndForgottenPasswordsTogetherUnderEveryPathAndTenant() {
        String email = anyEmail();
        for (int i = 0; i < 2; i++) {
            post(address, REGISTER, ada(anyEmail())).expectStatus().isAccepted();
            post(address, "/users/register", ada(anyEmail())).expectStatus().isAccepted();
            post(address, RESEND, Map.of("email", anyEmail())).expectStatus().isAccepted();
            post(address, "/resend-verification?email=" + anyEmail(), null)
                    .expectStatus()
                    .isAccepted();
            post(address, FORGOT, Map.of("email", anyEmail())).expectStatus().isAccepted();
        }

        refused(post(address, REGISTER, ada(email)));
        refused(post(address, "/users/register", ada(email)));
        refused(post(address, RESEND, Map.of("email", email)));
        refused(post(address, "/resend-verification?email=" + email, null));
        refused(post(address, FORGOT, Map.of("email", email)));
        refused(visitor.postFrom(address, "test", REGISTER, new Caller.Anonymous(new TenantId("other")), ada(email)));
    }

    @Test
    void answersTheSameWhateverItKnowsOfTheAddress() {
        String owned = anyEmail();
        members.ada(owned);
        String pending = anyEmail();
        register("198.51.100.2", ada(pending)).expectStatus().isAccepted();
        signUp(address, 10);

        for (String path : List.of(REGISTER, RESEND, FORGOT)) {
            var answers = List.of(owned, pending, anyEmail()).stream()
                    .map(email -> post(address, path, path.equals(REGISTER) ? ada(email) : Map.of("email", email)))
                    .map(ClientLimitIT::shown)
                    .toList();
            assertThat(answers.get(0)).isEqualTo(answers.get(1)).isEqualTo(answers.get(2));
        }
    }

    @Test
    void doesNotBindTheHolderOfTheOperatorKey() {
        for (int i = 0; i < 12; i++) {
            visitor.postFrom(address, "shop", REGISTER, new Caller.Operator(ACME), ada(anyEmail()))
                    .expectStatus()
                    .isAccepted();
        }
        signUp(address, 10);
    }

    @Test
    void bindsAccountsToo() {
        var owner = Members.owner(members.ada(anyEmail()));
        signUp(address, 10);
        refused(visitor.postFrom(address, "test", FORGOT, owner, Map.of("email", anyEmail())));
    }

    @Test
    void takesAllWhoseAddressIsNotKnownForOneClient() {
        for (int i = 0; i < 10; i++) {
            visitor.register(ada(anyEmail())).expectStatus().isAccepted();
        }
        refused(visitor.register(ada(anyEmail())));
        signUp(address, 1);
    }

    @Test
    void givesAConfiguredNetworkItsOwnNumbers() {
        String office = "192.0.2." + CLIENTS.incrementAndGet();
        signUp(office, 15);
        JsonNode problem = refused(register(office, ada(anyEmail())));
        assertThat(problem.get("limit").asInt()).isEqualTo(15);
        assertThat(problem.get("retry_after").asInt()).isEqualTo(60);
        signUp("192.0.2." + CLIENTS.incrementAndGet(), 1);
    }

    @Test
    void chargesNothingForAMistake() {
        Map<String, Object> weak = ada(anyEmail());
        weak.put("password", "password123");
        for (int i = 0; i < 12; i++) {
            register(address, Map.of()).expectStatus().isBadRequest();
            register(address, weak).expectStatus().isBadRequest();
            post(address, RESEND, Map.of("email", "ada")).expectStatus().isBadRequest();
            post(address, "/resend-verification", null).expectStatus().isBadRequest();
            post(address, FORGOT, Map.of()).expectStatus().isBadRequest();
        }
        signUp(address, 10);
        register(address, Map.of()).expectStatus().isBadRequest();
        refused(register(address, ada(anyEmail())));
    }

    /** The last one: a connection that recovers late would count in another test. */
    @Test
    @Order(Integer.MAX_VALUE)
    void countsLocallyWhileRedisIsDown() {
        redis.stop();
        try {
            signUp(address, 10);
            JsonNode problem = refused(register(address, ada(anyEmail())));
            assertThat(problem.get("retry_after").asInt()).isEqualTo(120);
            signUp("198.51.100.3", 1);
            clock.advance(Duration.ofMinutes(2));
            signUp(address, 1);
            refused(register(address, ada(anyEmail())));
        } finally {
            redis.start();
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(this::isCountedInRedis);
    }

    private boolean isCountedInRedis() {
        String client = "198.18.0." + CLIENTS.incrementAndGet();
        signUp(client, 1);
        return stores.keys().stream().anyMatch(key -> key.contains(":_:client-limit:") && key.endsWith(":" + client));
    }

    private void signUp(String client, int times) {
        for (int i = 0; i < times; i++) {
            register(client, ada(anyEmail())).expectStatus().isAccepted();
        }
    }

    private ResponseSpec register(String client, Map<String, ?> body) {
        return post(client, REGISTER, body);
    }

    private ResponseSpec logIn(String client, String email, String password) {
        var service = new Caller.Service(ACME, "session-service");
        return post(client, "/internal/credentials/check", service, Map.of("email", email, "password", password));
    }

    private ResponseSpec post(String client, String path, @Nullable Map<String, ?> body) {
        return post(client, path, ANONYMOUS, body);
    }

    private ResponseSpec post(String client, String path, Caller caller, @Nullable Map<String, ?> body) {
        return visitor.postFrom(client, "test", path, caller, body);
    }

    private static JsonNode refused(ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .exists(HttpHeaders.RETRY_AFTER);
        JsonNode problem = json(answer);
        assertThat(problem.get("reason").asString()).isEqualTo("client_limit");
        return problem;
    }

    /** All that a client can observe. */
    private static String shown(ResponseSpec answer) {
        var result = answer.expectStatus().isEqualTo(429).expectBody().returnResult();
        byte[] body = Objects.requireNonNull(result.getResponseBodyContent());
        return result.getResponseHeaders() + new String(body, StandardCharsets.UTF_8);
    }

    private double refusals() {
        return metrics.get("frontdesk.registration.client.limit.refusals")
                .counter()
                .count();
    }
}
