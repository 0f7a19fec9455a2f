package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.ReceivedRequest;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

class IdentityIT extends RunningGateway {

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    @Autowired
    private TestEnvironment environment;

    @BeforeEach
    void awaitHearing(@Autowired ReactiveStringRedisTemplate redis, @Autowired KeySpace keys) {
        new Signals(redis, keys).awaitHearing(sessions, port);
        cache.reset();
    }

    @Test
    void saysWhoIsAnonymousAndInWhichTenant() {
        getCache().exchange().expectStatus().isOk();
        assertThat(callerIn(cache.seenLast())).isEqualTo(new Caller.Anonymous(TenantId.DEFAULT));

        getCache().header("X-Tenant-Id", "acme").exchange().expectStatus().isOk();
        assertThat(callerIn(cache.seenLast())).isEqualTo(new Caller.Anonymous(new TenantId("acme")));
    }

    @Test
    void saysWhoseSessionItIsAndKeepsTheToken() {
        String token = logs.mustNotTell(sessions.open("acme"));

        getCache()
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk();

        ReceivedRequest seen = cache.seenLast();
        assertThat(callerIn(seen)).isEqualTo(sessions.session(token));
        assertThat(seen.headers().headerNames())
                .noneMatch(name -> name.equalsIgnoreCase("Authorization")
                        || name.equalsIgnoreCase("X-API-Key")
                        || name.equalsIgnoreCase("X-Tenant-Id"));
        assertThat(seen.headers().toString()).doesNotContain(token);
    }

    @Test
    void saysWhereTheRequestComesFromAndBelievesNoStranger() {
        getCache()
                .header("X-Forwarded-For", "198.51.100.1")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(assertedIn(cache.seenLast()).clientAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-API-Key", "Authorization"})
    void knowsTheOperatorByEitherHeader(String header) {
        String key = logs.mustNotTell(environment.variable("FRONTDESK_OPERATOR_KEY"));

        getCache()
                .header(header, header.equals("Authorization") ? "Bearer " + key : key)
                .header("X-Tenant-Id", "acme")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(callerIn(cache.seenLast())).isEqualTo(new Caller.Operator(new TenantId("acme")));
        assertThat(cache.seenLast().headers().toString()).doesNotContain(key);
        assertThat(sessions.lookUps()).isEmpty();
    }

    @Test
    void asksAsTheGateway() {
        String token = sessions.open("default");
        getCache()
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(sessions.lookUps()).singleElement().satisfies(lookUp -> {
            assertThat(callerIn(lookUp)).isEqualTo(new Caller.Service(TenantId.DEFAULT, "gateway"));
            assertThat(lookUp.headers().containsHeader("Authorization")).isFalse();
            assertThat(lookUp.headers().containsHeader("traceparent")).isTrue();
        });
    }

    /** The client library neither joins nor checks headers, so the names arrive as they are written here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Frontdesk-Identity",
                "x-frontdesk-identity",
                "X_Frontdesk_Identity",
                "X.Frontdesk.Identity",
                "XFrontdeskIdentity",
                "X-User-Id",
                "X_User_Id",
                "X.User.Id",
                "X-Account-Id",
                "X_Tenant_Id",
                "X.Tenant.Id",
                "X-Session-Id",
                "Remote-User",
            })
    void ignoresClaimedIdentities(String header) {
        String victim = sessions.open("acme");
        getCache()
                .header("Authorization", "Bearer " + victim)
                .exchange()
                .expectStatus()
                .isOk();
        String stolen = cache.seenLast().header("X-Frontdesk-Identity");

        getCache().header(header, stolen).exchange().expectStatus().isOk();

        ReceivedRequest seen = cache.seenLast();
        assertThat(callerIn(seen)).isEqualTo(new Caller.Anonymous(TenantId.DEFAULT));
        assertThat(seen.headers().toString()).doesNotContain(stolen);
        assertThat(seen.headers().get("X-Frontdesk-Identity")).hasSize(1);
    }

    @Test
    void keepsItsAssertionWhateverConnectionNames() {
        String token = sessions.open("acme");

        HttpClient.create()
                .headers(headers -> headers.set("Authorization", "Bearer " + token)
                        .set("X-Frontdesk-Identity", "forged")
                        .add("Connection", "keep-alive, X-Frontdesk-Identity")
                        .add("Connection", "x-frontdesk-identity, x_frontdesk_identity, traceparent, authorization"))
                .get()
                .uri("http://127.0.0.1:" + port + "/api/v1/cache/names/a")
                .response()
                .block(Duration.ofSeconds(10));

        assertThat(callerIn(cache.seenLast())).isEqualTo(sessions.session(token));
        assertThat(cache.seenLast().headers().containsHeader("traceparent")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
                "Bearer fdo_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
                "Bearer nothing-of-ours",
                "Bearer",
                "Basic dXNlcjpwYXNz",
            })
    void refusesAWrongTokenOnPublicEndpointsToo(String authorization) {
        for (String path : List.of("/api/v1/users/register", "/api/v1/sessions", "/api/v1/cache/names/a")) {
            client().post()
                    .uri(path)
                    .header("Authorization", authorization)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectHeader()
                    .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                    .expectHeader()
                    .exists("X-Trace-Id")
                    .expectBody()
                    .jsonPath("$.reason")
                    .isEqualTo("invalid_credential");
        }
        assertThat(registration.seen()).isEmpty();
        assertThat(cache.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?access_token=*", "?x=1&token=*", "/*", "?x=%66*", "?access_token=of-another-client"})
    void refusesATokenInTheUrl(String where) {
        String token = logs.mustNotTell(sessions.open("acme"));
        String target = where.contains("%66") ? where.replace("*", token.substring(1)) : where.replace("*", token);

        client().get()
                .uri(URI.create("http://127.0.0.1:" + port + "/api/v1/cache/names/a" + target))
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("malformed-request").doesNotContain(token.substring(7)));

        assertThat(cache.seen()).isEmpty();
        assertThat(sessions.lookUps()).isEmpty();
    }

    @Test
    void keepsASessionInItsTenant() {
        String token = sessions.open("acme");

        withToken(token, "acme").expectStatus().isOk();
        withToken(token, "other").expectStatus().isForbidden();
        withToken(token, "default").expectStatus().isForbidden();
        withToken(token, "NO TENANT").expectStatus().isBadRequest();
        assertThat(cache.seen()).hasSize(1);
    }

    @Test
    void asksOnceForAHundredRequestsThatComeAtOnce() {
        sessions.thinks(Duration.ofMillis(300));
        String token = sessions.open("default");
        var http = HttpClient.create().headers(headers -> headers.set("Authorization", "Bearer " + token));

        var statuses = Flux.range(0, 100)
                .flatMap(
                        _ -> http.get()
                                .uri("http://127.0.0.1:" + port + "/api/v1/cache/names/a")
                                .responseSingle((response, body) ->
                                        body.then(Mono.just(response.status().code()))),
                        100)
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(statuses).hasSize(100).containsOnly(200);
        assertThat(sessions.lookUps()).hasSize(1);
    }

    @Test
    void remembersARefusalForAMomentOnly() {
        String token = SessionBackend.newToken();
        withToken(token).expectStatus().isUnauthorized();
        withToken(token).expectStatus().isUnauthorized();
        assertThat(sessions.lookUps()).hasSize(1);
    }

    @Test
    void acceptsCachedSessionsWhileSessionServiceIsDown() {
        String known = sessions.open("default");
        String unknown = logs.mustNotTell(sessions.open("default"));
        withToken(known).expectStatus().isOk();

        sessions.http.stop();

        withToken(known).expectStatus().isOk();
        withToken(unknown)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        getCache().exchange().expectStatus().isOk();

        sessions.http.start();
        withToken(unknown).expectStatus().isOk();
    }

    @Test
    void doesNotTakeAnErrorOfSessionServiceForARefusal() {
        String token = sessions.open("default");
        for (int status : List.of(400, 401, 403, 404, 500, 503)) {
            sessions.http.answers(Answer.problem(status, "{}"));
            withToken(token).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        }
        sessions.http.answers(Answer.json(200, "{\"active\":true}"));
        withToken(token).expectStatus().isEqualTo(503);
    }

    @Test
    void waitsTwoSecondsForSessionServiceAtMost() {
        String token = sessions.open("default");
        sessions.thinks(Duration.ofMinutes(1));

        long begin = System.nanoTime();
        withToken(token).expectStatus().isEqualTo(503);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesTheTokenOfASessionThatWasJustEndedHere() {
        String token = sessions.open("default");
        withToken(token).expectStatus().isOk();
        sessions.http.answers(answersToDeleteBy(token));

        request(HttpMethod.DELETE, "/api/v1/sessions/current", token)
                .expectStatus()
                .isNoContent();

        withToken(token).expectStatus().isUnauthorized();
    }

    @Test
    void passesTheTokenOnToARefreshAndLooksItUpAgainAfterwards() {
        String token = logs.mustNotTell(sessions.open("default"));

        client().post()
                .uri("/api/v1/sessions/refresh")
                .header("Authorization", "Bearer " + token)
                .header("X-Frontdesk-Session-Token", "forged")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(sessions.http.seenLast().headers().get("X-Frontdesk-Session-Token"))
                .containsExactly(token);
        assertThat(sessions.lookUps()).hasSize(1);
        withToken(token).expectStatus().isOk();
        assertThat(sessions.lookUps()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/sessions/refresh",
        "POST, /api/v1/sessions/refresh/again",
        "DELETE, /api/v1/sessions/current",
        "POST, /api/v1/sessions",
        "POST, /api/v1/cache/names/a",
    })
    void handsTheTokenOverForNothingElse(String method, String path) {
        String token = sessions.open("default");

        client().method(HttpMethod.valueOf(method))
                .uri(path)
                .header("Authorization", "Bearer " + token)
                .header("X-Frontdesk-Session-Token", "forged")
                .header("X_Frontdesk_Cookies", "held")
                .header("X-Frontdesk-Cookies", "allowed")
                .exchange()
                .expectStatus()
                .isOk();

        ReceivedRequest seen = path.contains("cache") ? cache.seenLast() : sessions.http.seenLast();
        assertThat(seen.headers().toString()).doesNotContain(token, "forged", "allowed", "held");
    }

    @Test
    void keepsTheTokenOfASessionThatCouldNotBeEnded() {
        String token = sessions.open("default");
        withToken(token).expectStatus().isOk();
        int lookUps = sessions.lookUps().size();
        var usual = answersToDeleteBy("nobody");
        sessions.http.answers(
                seen -> seen.method().equals("DELETE") ? Mono.just(Answer.problem(503, "{}")) : usual.apply(seen));

        request(HttpMethod.DELETE, "/api/v1/sessions/current", token)
                .expectStatus()
                .isEqualTo(503);

        withToken(token).expectStatus().isOk();
        assertThat(sessions.lookUps()).hasSize(lookUps);
    }

    private Function<ReceivedRequest, Mono<Answer>> answersToDeleteBy(String token) {
        return seen -> {
            if (seen.method().equals("DELETE")) {
                sessions.end(token);
                return Mono.just(Answer.json(204, ""));
            }
            return Mono.just(Answer.json(200, "{\"active\":false}"));
        };
    }

    private RequestHeadersSpec<?> getCache() {
        return client().get().uri("/api/v1/cache/names/a");
    }

    private ResponseSpec withToken(String token) {
        return request(HttpMethod.GET, "/api/v1/cache/names/a", token);
    }

    private ResponseSpec withToken(String token, String tenant) {
        return getCache()
                .header("Authorization", "Bearer " + token)
                .header("X-Tenant-Id", tenant)
                .exchange();
    }

    private ResponseSpec request(HttpMethod method, String path, String token) {
        return client().method(method)
                .uri(path)
                .header("Authorization", "Bearer " + token)
                .exchange();
    }
}
