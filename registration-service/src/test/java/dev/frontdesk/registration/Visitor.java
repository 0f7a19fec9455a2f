package dev.frontdesk.registration;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.http.TestClients;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as the gateway does. */
@TestComponent
public final class Visitor {

    public static final TenantId ACME = new TenantId("acme");
    public static final String PASSWORD = "violet harbour 42";

    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private final WebServerApplicationContext context;
    private final IdentityAssertions assertions;
    private final MutableClock clock;

    Visitor(WebServerApplicationContext context, IdentityAssertions assertions, MutableClock clock) {
        this.context = context;
        this.assertions = assertions;
        this.clock = clock;
    }

    public static String anyEmail() {
        return "ada-" + UUID.randomUUID() + "@example.com";
    }

    /** A valid request. */
    public static Map<String, Object> ada(String email) {
        return new HashMap<>(Map.of(
                "email", email,
                "password", PASSWORD,
                "first_name", "Ada",
                "last_name", "Lovelace",
                "phone", "+905551234567",
                "locale", "tr"));
    }

    public ResponseSpec register(Map<String, Object> body) {
        return register(ACME, body);
    }

    public ResponseSpec register(TenantId tenant, Map<String, Object> body) {
        return post("/api/v1/users/register", new Caller.Anonymous(tenant), body);
    }

    public void registers(String email) {
        register(ada(email)).expectStatus().isAccepted();
    }

    public ResponseSpec verify(String email, String code) {
        return verify(ACME, email, code);
    }

    public ResponseSpec verify(TenantId tenant, String email, String code) {
        return post("/api/v1/users/verify-email", new Caller.Anonymous(tenant), Map.of("email", email, "code", code));
    }

    /** With a password, which identifies the sign-up. */
    public ResponseSpec verify(String email, String code, String password) {
        return post(
                "/api/v1/users/verify-email",
                new Caller.Anonymous(ACME),
                Map.of("email", email, "code", code, "password", password));
    }

    public ResponseSpec resend(String email) {
        return post("/api/v1/users/resend-verification", new Caller.Anonymous(ACME), Map.of("email", email));
    }

    public record Answer(int status, @Nullable String retryAfter, String body) {}

    /** Without waiting, so that many requests can run concurrently. */
    public Mono<Answer> registering(String email) {
        return sending("/api/v1/users/register", ada(email));
    }

    public Mono<Answer> forgetting(String email) {
        return sending("/api/v1/users/forgot-password", Map.of("email", email));
    }

    public Mono<Answer> verifying(String email, String code) {
        return sending("/api/v1/users/verify-email", Map.of("email", email, "code", code));
    }

    public Mono<Answer> resending(String email) {
        return sending("/api/v1/users/resend-verification", Map.of("email", email));
    }

    public Mono<Answer> loggingIn(String email, String password) {
        var caller = new Caller.Service(ACME, "session-service");
        return sending("/internal/credentials/check", caller, Map.of("email", email, "password", password));
    }

    private Mono<Answer> sending(String path, Map<String, Object> body) {
        return sending(path, new Caller.Anonymous(ACME), body);
    }

    public Mono<Answer> sending(String path, Caller caller, Map<String, ?> body) {
        return sending(HttpMethod.POST, path, caller, body);
    }

    public Mono<Answer> sending(HttpMethod method, String path, Caller caller, Map<String, ?> body) {
        return WebClient.create(baseUrl())
                .method(method)
                .uri(path)
                .header(Headers.IDENTITY, identity(caller))
                .bodyValue(body)
                .exchangeToMono(answer -> answer.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(text -> new Answer(
                                answer.statusCode().value(),
                                answer.headers().asHttpHeaders().getFirst("Retry-After"),
                                text)));
    }

    public ResponseSpec logIn(TenantId tenant, String email, String password) {
        return post(
                "/internal/credentials/check",
                new Caller.Service(tenant, "session-service"),
                Map.of("email", email, "password", password));
    }

    /**
     * A moment after the last one, so that their effects have an order.
     *
     * @param body none if it is null
     */
    public ResponseSpec post(String path, Caller caller, @Nullable Object body) {
        clock.advance(Duration.ofMillis(1));
        return exchange(client().post().uri(path).header(Headers.IDENTITY, assertions.sign(caller)), body);
    }

    private static ResponseSpec exchange(RequestBodySpec request, @Nullable Object body) {
        return body == null
                ? request.exchange()
                : request.header("Content-Type", "application/json")
                        .bodyValue(body)
                        .exchange();
    }

    public ResponseSpec get(String pathAndQuery, Caller caller) {
        return client().get()
                .uri(URI.create(baseUrl() + pathAndQuery))
                .header(Headers.IDENTITY, assertions.sign(caller))
                .exchange();
    }

    public ResponseSpec registerFrom(String address, Map<String, Object> body) {
        return from(address, "/api/v1/users/register", body);
    }

    public ResponseSpec resendFrom(String address, String email) {
        return from(address, "/api/v1/users/resend-verification", Map.of("email", email));
    }

    private ResponseSpec from(String address, String path, Object body) {
        clock.advance(Duration.ofMillis(1));
        return postFrom(address, "test", path, new Caller.Anonymous(ACME), body);
    }

    /**
     * With a client at that address, as the gateway reports it.
     *
     * @param body none if it is null
     */
    public ResponseSpec postFrom(String address, String userAgent, String path, Caller caller, @Nullable Object body) {
        var request = client().post()
                .uri(path)
                .header(Headers.IDENTITY, assertions.sign(caller, address))
                .header("User-Agent", userAgent);
        return exchange(request, body);
    }

    public WebTestClient client() {
        return TestClients.reading(WebTestClient.bindToServer().baseUrl(baseUrl()))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    public URI uri(String path) {
        return URI.create(baseUrl() + path);
    }

    private String baseUrl() {
        var server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("No web server");
        }
        return "http://127.0.0.1:" + server.getPort();
    }

    /** The body of a response. */
    public static JsonNode json(ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBodyContent();
        return new JsonMapper().readTree(body == null ? new byte[0] : body);
    }

    public String identity(Caller caller) {
        return assertions.sign(caller);
    }
}
