package dev.frontdesk.gateway.introspection;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applications ask what tokens of their tenant stand for. */
@TestPropertySource(
        properties = {
            "reactor.netty.http.server.accessLogEnabled=true",
            "frontdesk.gateway.limits.api-key.refill=0",
            "frontdesk.gateway.limits.api-key.capacity=0",
            "frontdesk.gateway.breakers.calls=1000",
            "frontdesk.gateway.limits.answer-within=20s",
        })
class TokenIntrospectionIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PATH = "/api/v1/introspect";
    private static final String INACTIVE = "{\"active\":false}";
    private static final Quotas MANY = new Quotas(100_000L, 100_000L, 100_000L);

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private TestEnvironment environment;

    private final JsonMapper json;
    private final KnownCallers callers;
    private final ApiKeyText key;

    TokenIntrospectionIT(@Autowired JsonMapper json) {
        this.json = json;
        this.callers = new KnownCallers(json);
        this.key = callers.key("acme", MANY, "introspection:read");
    }

    @BeforeEach
    void servicesKnowTheCallers() {
        registration.answers(callers::answer);
        sessions.http.answers(callers::answer);
        await().atMost(LONG).until(() -> sent(with(key), "token=x").getStatus().value() == 200);
    }

    @Test
    void tellsTheAccountOfASession() {
        var person = callers.person("acme", "member");

        var answer = sent(with(key), "token=" + person.token() + "&token_type_hint=access_token");

        var state = bodyOf(answer);
        assertThat(state.toString()).matches("""
                \\{"active":true,"token_type":"Bearer","sub":"%s","exp":[0-9]+,"tenant":"acme",\
                "session_id":"[0-9a-f-]{36}","roles":\\["member"]}""".formatted(person.account()));
        assertThat(Instant.ofEpochSecond(state.get("exp").asLong()))
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3600));
        assertThat(answer.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getResponseHeaders().getFirst("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void tellsWhatAnApiKeyMayDo() {
        var asked = callers.key("acme", MANY, "jobs:write", "cache:read");

        assertThat(state(asked.text()).toString()).isEqualTo("""
                {"active":true,"token_type":"Bearer","sub":"%s","client_id":"%s","scope":"cache:read jobs:write",\
                "tenant":"acme"}""".formatted(asked.id(), asked.id()));
    }

    @Test
    void tellsWhenAnApiKeyOrItsReplacedSecretEnds() {
        var current = ApiKeyText.generate(UUID.randomUUID());
        var replaced = ApiKeyText.generate(current.id());
        var end = Instant.now().plusSeconds(1000);
        callers.know(record(current, "acme", end, false, replaced, end.minusSeconds(900)));

        assertThat(state(current.text()).get("exp").asLong()).isEqualTo(end.getEpochSecond());
        assertThat(state(replaced.text()).get("exp").asLong())
                .isEqualTo(end.minusSeconds(900).getEpochSecond());
    }

    @Test
    void answersTheSameForEveryTokenThatIsNotActiveForTheTenant() {
        var expired = ApiKeyText.generate(UUID.randomUUID());
        callers.know(record(expired, "acme", Instant.now().minusSeconds(1), false, null, null));
        var revoked = ApiKeyText.generate(UUID.randomUUID());
        callers.know(record(revoked, "acme", null, true, null, null));
        var ended = callers.key("acme", MANY, "cache:read");
        callers.revoke(ended);
        var person = callers.person("acme", "member");

        Stream.of(
                        SessionBackend.newToken(),
                        callers.person("other", "administrator").token(),
                        callers.key("other", MANY, "cache:read").text(),
                        expired.text(),
                        revoked.text(),
                        ended.text(),
                        ApiKeyText.generate(key.id()).text(),
                        key.text().substring(0, key.text().length() - 1),
                        environment.variable("FRONTDESK_OPERATOR_KEY"),
                        person.token() + "A",
                        " " + person.token(),
                        "fds_64_" + "A".repeat(43),
                        "fds_",
                        "fdk_",
                        "x",
                        "\0",
                        "x".repeat(8000))
                .forEach(token -> {
                    var answer = sent(with(key), "token=" + URLEncoder.encode(token, UTF_8));
                    assertThat(answer.getStatus().value()).isEqualTo(200);
                    assertThat(textOf(answer)).as(token).isEqualTo(INACTIVE);
                    assertThat(answer.getResponseHeaders().getFirst("Cache-Control"))
                            .isEqualTo("no-store");
                });
    }

    @Test
    void aRevokedSessionIsInactiveAtOnce() {
        String token = callers.person("acme", "member").token();
        UUID session = UUID.fromString(state(token).get("session_id").asString());
        var revocation = new SessionSignal(SessionSignal.Kind.REVOKED, session);

        // session-service would still say that it is active. Sent again until the gateway has subscribed.
        await().atMost(LONG).untilAsserted(() -> {
            verifyEnded(redis.convertAndSend(SessionSignal.channel(keys), revocation.message())
                            .then())
                    .verifyComplete();
            assertThat(state(token).toString()).isEqualTo(INACTIVE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token_type_hint=access_token",
                "Token=SECRET",
                "token=",
                "token",
                "token=SECRET&token=SECRET",
                "token=SECRET&%74oken=x",
                "token=SECRET%zz",
                "{\"token\":\"SECRET\"}",
            })
    void refusesAFormWithoutExactlyOneToken(String form) {
        String secret = callers.person("acme", "member").token();

        var answer = sent(with(key), form.replace("SECRET", secret));

        assertThat(answer.getStatus().value()).isEqualTo(400);
        assertThat(answer.getResponseHeaders().getFirst("Content-Type")).isEqualTo("application/problem+json");
        assertThat(textOf(answer)).doesNotContain(secret);
    }

    @Test
    void refusesAnotherContentTypeALargeFormAndATokenInTheUrl() {
        String token = callers.person("acme", "member").token();

        assertThat(status(PATH, MediaType.APPLICATION_JSON, "{\"token\":\"" + token + "\"}"))
                .isEqualTo(415);
        assertThat(status(PATH, MediaType.TEXT_PLAIN, "token=" + token)).isEqualTo(415);
        assertThat(status(PATH, MediaType.APPLICATION_FORM_URLENCODED, "token=" + "x".repeat(8192)))
                .isEqualTo(413);
        assertThat(status(PATH + "?token=" + token, MediaType.APPLICATION_FORM_URLENCODED, "token=x"))
                .isEqualTo(400);
    }

    @Test
    void answers503WhileNothingCanSayWhetherATokenIsValid() {
        String session = callers.person("acme", "member").token();
        var unknown = callers.key("acme", MANY, "cache:read");
        // The caller's own key is known for a while.
        sessions.http.stop();
        registration.stop();

        assertThat(sent(with(key), "token=" + session).getStatus().value()).isEqualTo(503);
        assertThat(sent(with(key), "token=" + unknown.text()).getStatus().value())
                .isEqualTo(503);
        // This needs no service.
        assertThat(state("fds_1").toString()).isEqualTo(INACTIVE);
    }

    @Test
    void guessesAreCountedBeforeTheyAreLookedUp() {
        var guessing = callers.key("acme", new Quotas(3L, 3L, 3L), "introspection:read");
        int before = sessions.lookUps().size();

        for (int i = 0; i < 3; i++) {
            assertThat(textOf(sent(with(guessing), "token=" + SessionBackend.newToken())))
                    .isEqualTo(INACTIVE);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(sent(with(guessing), "token=" + SessionBackend.newToken())
                            .getStatus()
                            .value())
                    .isEqualTo(429);
        }
        assertThat(sessions.lookUps()).hasSize(before + 3);
    }

    @Test
    void isForAdministratorsAndKeysWithTheScope() {
        var member = callers.person("acme", "member");
        var administrator = callers.person("acme", "administrator");
        String form = "token=" + member.token();

        assertThat(sent(_ -> {}, form).getStatus().value()).isEqualTo(401);
        assertThat(sent(headers -> headers.setBearerAuth(member.token()), form)
                        .getStatus()
                        .value())
                .isEqualTo(403);
        for (String scope : List.of("sessions:administer", "limits:administer", "api-keys:read")) {
            assertThat(sent(with(callers.key("acme", MANY, scope)), form)
                            .getStatus()
                            .value())
                    .isEqualTo(403);
        }
        assertThat(bodyOf(sent(headers -> headers.setBearerAuth(administrator.token()), form))
                        .get("active")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void writesTheTokenNowhere() {
        var session = callers.person("acme", "member").token();
        var asked = callers.key("acme", MANY, "cache:read");
        var secrets = List.of(session.substring(8), asked.secret());

        for (String token : List.of(session, asked.text())) {
            for (String form : List.of("token=" + token, "token=" + token + "&token=x", "token=" + token + "%zz")) {
                sent(with(key), form);
            }
            status(PATH, MediaType.TEXT_PLAIN, "token=" + token);
        }
        sessions.http.stop();
        registration.stop();
        sent(with(key), "token=" + SessionBackend.newToken().substring(0, 7) + session.substring(7));
        sent(with(key), "token=" + ApiKeyText.generate(UUID.randomUUID()).text());

        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(logs.lines()).anyMatch(line -> line.contains("AccessLog") && line.contains(PATH)));
        assertThat(logs.lines()).noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    @Test
    void onlyAKeyOfTheTenantCountsAsUsed() {
        var own = callers.key("acme", MANY, "cache:read");
        var elsewhere = callers.key("other", MANY, "cache:read");
        var used = new CopyOnWriteArrayList<UUID>();
        registration.answers(seen -> {
            if (seen.uri().equals(ApiKeyUses.PATH)) {
                json.readValue(seen.body(), ApiKeyUses.class).uses().forEach(use -> used.add(use.id()));
            }
            return callers.answer(seen);
        });

        try (var stopped = Instances.gateway(environment, registration.url())) {
            int there = Instances.port(stopped);
            await().atMost(LONG)
                    .until(() -> textOf(sent(there, with(key), "token=" + own.text()))
                            .contains("\"active\":true"));
            assertThat(textOf(sent(there, with(key), "token=" + elsewhere.text())))
                    .isEqualTo(INACTIVE);
        }

        // A gateway that stops tells what it has not told yet.
        await().atMost(LONG).until(() -> used.contains(own.id()));
        assertThat(used).doesNotContain(elsewhere.id());
    }

    private static ApiKeyRecord record(
            ApiKeyText current,
            String tenant,
            @Nullable Instant end,
            boolean revoked,
            @Nullable ApiKeyText previous,
            @Nullable Instant previousUntil) {
        return new ApiKeyRecord(
                current.id(),
                tenant,
                "Shop",
                List.of("cache:read"),
                Quotas.NONE,
                end,
                1,
                revoked,
                current.secretHash(),
                previous == null ? null : previous.secretHash(),
                previousUntil);
    }

    private JsonNode state(String token) {
        var answer = sent(with(key), "token=" + URLEncoder.encode(token, UTF_8));
        assertThat(answer.getStatus().value()).isEqualTo(200);
        return bodyOf(answer);
    }

    private EntityExchangeResult<byte[]> sent(Consumer<HttpHeaders> caller, String form) {
        return sent(port, caller, form);
    }

    private static EntityExchangeResult<byte[]> sent(int to, Consumer<HttpHeaders> caller, String form) {
        return TestClients.at(to)
                .responseTimeout(LONG)
                .build()
                .post()
                .uri(PATH)
                .headers(caller)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(form)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private int status(String path, MediaType type, String body) {
        return client().post()
                .uri(path)
                .headers(with(key))
                .contentType(type)
                .bodyValue(body)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private JsonNode bodyOf(EntityExchangeResult<byte[]> answer) {
        return json.readTree(answer.getResponseBodyContent());
    }

    private static String textOf(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBodyContent();
        return body == null ? "" : new String(body, UTF_8);
    }

    private static Consumer<HttpHeaders> with(ApiKeyText key) {
        return headers -> headers.set("X-API-Key", key.text());
    }
}
