package dev.frontdesk.loadtests.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Requests of a client to an installation. Every response other than the expected one is an error. */
public final class Frontdesk {

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final Target target;
    private final Browser gateway;
    private final HttpClient sockets;

    public Frontdesk(Target target) {
        this.target = target;
        this.gateway = new Browser(target.gatewayUrl());
        this.sockets = HttpClient.create(ConnectionProvider.newConnection())
                .baseUrl(target.gatewayUrl().replaceFirst("^http", "ws"))
                .disableRetry(true);
    }

    /** As an application's server: many people sign up from one address, which clients themselves may not. */
    public Mono<Void> register(String email, String password) {
        return gateway.send(HttpMethod.POST, "/api/v1/users/register", """
                        {"email": "%s", "password": "%s", "first_name": "Ada", "last_name": "Lovelace"}""".formatted(email, password), operator())
                .flatMap(answer -> expect(answer, 202))
                .then();
    }

    public Mono<Void> verify(String email, String code) {
        return gateway.send(
                        HttpMethod.POST,
                        "/api/v1/users/verify-email",
                        "{\"email\": \"%s\", \"code\": \"%s\"}".formatted(email, code),
                        Map.of())
                .flatMap(answer -> expect(answer, 201))
                .then();
    }

    /** The code in the newest mail to this address; empty if there is none yet. */
    public Mono<String> codeOf(String email) {
        return new Browser(target.inboxUrl())
                .get("/api/user/" + email + "/messages", Map.of())
                .filter(answer -> answer.status() == 200)
                .flatMapMany(
                        answer -> Flux.fromStream(CODE.matcher(answer.body()).results()))
                .next()
                .map(found -> found.group());
    }

    /** @return the session's token */
    public Mono<String> logIn(String email, String password) {
        return gateway.send(
                        HttpMethod.POST,
                        "/api/v1/sessions",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password),
                        Map.of())
                .flatMap(answer -> expect(answer, 201))
                .map(answer -> answer.field("token"));
    }

    public Mono<Void> sessions(String token) {
        return gateway.get("/api/v1/sessions", bearer(token))
                .flatMap(answer -> expect(answer, 200))
                .then();
    }

    public Mono<Void> logOut(String token) {
        return gateway.delete("/api/v1/sessions/current", bearer(token))
                .flatMap(answer -> expect(answer, 204))
                .then();
    }

    public Mono<String> ticket(String token) {
        return gateway.send(HttpMethod.POST, "/api/v1/realtime/tickets", "", bearer(token))
                .flatMap(answer -> expect(answer, 201, 200))
                .map(answer -> answer.field("ticket"));
    }

    public Mono<Void> store(String key, String json) {
        return gateway.send(HttpMethod.PUT, "/api/v1/cache/load/" + key + "?ttl_seconds=60", json, operator())
                .flatMap(answer -> expect(answer, 204, 200, 201))
                .then();
    }

    public Mono<String> stored(String key) {
        return gateway.get("/api/v1/cache/load/" + key, operator())
                .flatMap(answer -> expect(answer, 200))
                .map(Answer::body);
    }

    /** Creates a queue whose jobs are leased over HTTP. */
    public Mono<Void> createQueue(String queue) {
        return gateway.send(
                        HttpMethod.PUT,
                        "/api/v1/queues/" + queue,
                        "{\"worked\": \"lease\", \"keep_completed\": 100}",
                        operator())
                .flatMap(answer -> expect(answer, 200, 201, 204))
                .then();
    }

    /** Adds a job, leases any job of the queue, and completes it. */
    public Mono<Void> workOn(String queue) {
        String jobs = "/api/v1/queues/" + queue + "/jobs";
        return gateway.send(HttpMethod.POST, jobs, "{\"payload\": {\"n\": 1}}", operator())
                .flatMap(answer -> expect(answer, 201))
                .flatMap(_ -> gateway.send(
                        HttpMethod.POST, "/api/v1/queues/" + queue + "/leases", "{\"wait_ms\": 5000}", operator()))
                .flatMap(answer -> expect(answer, 200))
                .flatMapIterable(
                        answer -> JsonMapper.shared().readTree(answer.body()).path("jobs"))
                .concatMap(job -> gateway.send(
                        HttpMethod.POST,
                        jobs + "/" + job.path("id").asString() + "/complete",
                        "{\"fence\": " + job.path("fence").asLong() + "}",
                        operator()))
                .concatMap(answer -> expect(answer, 204))
                .then();
    }

    /** For a WebSocket, {@code /ws?…}. */
    public HttpClient.WebsocketSender socket(String query) {
        return sockets.websocket().uri("/ws?" + query);
    }

    private Map<String, String> operator() {
        return Map.of("X-API-Key", target.operatorKey());
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Mono<Answer> expect(Answer answer, Integer... statuses) {
        return List.of(statuses).contains(answer.status()) ? Mono.just(answer) : Mono.error(Unexpected.status(answer));
    }
}
