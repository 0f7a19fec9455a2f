package dev.frontdesk.session;

import static dev.frontdesk.session.GatewayStub.holder;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Searches for tokens and passwords everywhere, with all loggers at their most detailed level. */
@RunningSessionService
@WithServers({REDIS, KAFKA})
@TestPropertySource(
        properties = {
            "logging.level.org.springframework=trace",
            "logging.level.reactor=trace",
            "logging.level.io.lettuce=trace",
            "logging.level.io.github.resilience4j=trace"
        })
class NoSecretsIT {

    private static final TenantId ACME = new TenantId("acme");

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @Autowired
    private IdentityAssertions assertions;

    @Autowired
    private Kafka kafka;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    private final List<String> secrets = new ArrayList<>();

    @Test
    void noTokenAndNoPasswordIsLeftAnywhere() throws Exception {
        var email = secret("ada.lovelace@example.org");
        var password = secret("correct horse battery");
        var ada = registration.knows(ACME, email, password);

        var login = json.readValue(login(email, password), GatewayStub.Login.class);
        var token = secret(login.token());
        secret(token.replaceFirst("fds_[0-9]+_", ""));
        secret(login.deviceToken().replaceFirst("fdd_", ""));
        introspect(token);
        introspect(token + "x");
        var renewed = secret(refresh(holder(ACME, ada, login), token).token());
        secret(renewed.replaceFirst("fds_[0-9]+_", ""));
        introspect(renewed);
        assertThat(login(email, secret("incorrect horse battery"))).contains("wrong-credentials");
        registration.is(RegistrationStub.Mood.BROKEN);
        assertThat(login(email, password)).contains("unavailable");
        registration.is(RegistrationStub.Mood.REFUSES_CALLERS);
        assertThat(login(email, password)).contains("internal-error");
        edge.sessionsOf(holder(ACME, ada, login));
        edge.revokeCurrent(holder(ACME, ada, login));
        registration.is(RegistrationStub.Mood.KNOWS_ACCOUNTS);
        login(email, password);

        await().atMost(ofSeconds(20))
                .until(() -> events().stream()
                                .filter(event -> event.contains(ada.toString()))
                                .count()
                        == 3);
        assertThat(events()).noneMatch(this::tells);
        assertThat(everythingInRedis()).isNotEmpty().noneMatch(this::tells);
    }

    private String secret(String text) {
        secrets.add(text);
        return logs.mustNotTell(text);
    }

    private boolean tells(String text) {
        return secrets.stream().anyMatch(text::contains);
    }

    private String login(String email, String password) throws Exception {
        return post(
                GatewayStub.SESSIONS,
                new Caller.Anonymous(ACME),
                "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    private GatewayStub.Login refresh(Caller caller, String token) throws Exception {
        return json.readValue(
                send(GatewayStub.REFRESH, caller, "application/json", "", token), GatewayStub.Login.class);
    }

    private void introspect(String token) throws Exception {
        var gateway = new Caller.Service(ACME, "gateway");
        send(IntrospectionRequest.PATH, gateway, "application/x-www-form-urlencoded", "token=" + token, "");
    }

    private String post(String path, Caller caller, String body) throws Exception {
        return send(path, caller, "application/json", body, "");
    }

    /** Not with Spring's client, because in this JVM it logs what it sends. */
    private String send(String path, Caller caller, String contentType, String body, String handedOver)
            throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header(Headers.IDENTITY, assertions.sign(caller))
                    .header("Content-Type", contentType)
                    .header(Headers.SESSION_TOKEN, handedOver)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private List<String> events() {
        return kafka.topic(Topics.SESSION_EVENTS).records().stream()
                .map(Object::toString)
                .toList();
    }

    private List<String> everythingInRedis() {
        try (var keys = redis.scan(ScanOptions.scanOptions().count(1000).build())) {
            return keys.stream().map(key -> key + " " + valueOf(key)).toList();
        }
    }

    private String valueOf(String key) {
        var type = redis.type(key);
        return switch (type) {
            case HASH -> redis.opsForHash().entries(key).toString();
            case ZSET -> String.valueOf(redis.opsForZSet().range(key, 0, -1));
            case STRING -> String.valueOf(redis.opsForValue().get(key));
            case STREAM -> String.valueOf(redis.opsForStream().range(key, Range.unbounded()));
            // Deleted in the meantime.
            case NONE -> "";
            default -> throw new IllegalStateException("No test for the Redis type " + type);
        };
    }
}
