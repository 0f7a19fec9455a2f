package dev.frontdesk.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Routes;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application that dev/up --sample puts behind the gateway. */
@WithStack
class SampleApplicationIT {

    private static final int PER_HOUR = 5;
    private static final int PATIENCE_SECONDS = 60;

    private final LocalStack stack;
    private final Routes routes;
    private final Gateway shop;

    SampleApplicationIT(LocalStack stack) {
        this.stack = stack;
        this.routes = new Routes(stack);
        this.shop = Gateway.notOurs(stack.gatewayUrl());
    }

    @Test
    void knowsWhoAsks() {
        assertThat(shop.get("/shop/products").expect(200).field("caller")).isEqualTo("anonymous");

        var session = Person.withAccount(stack).logsIn();
        var products = shop.get("/shop/products", bearer(session)).expect(200);
        assertThat(products.field("caller")).isEqualTo("account " + accountOf(session));
        assertThat(products.json().get("products").size()).isPositive();
    }

    /** A client that writes an assertion itself is not believed. */
    @Test
    void isToldWhoAsksByTheGatewayOnly() {
        var products = shop.get("/shop/products", "X-Frontdesk-Assertion", "e30.e30.e30");
        assertThat(products.expect(200).field("caller")).isEqualTo("anonymous");
    }

    @Test
    void turnsAnOrderIntoAJob() {
        var session = Person.withAccount(stack).logsIn();
        shop.post("/shop/orders", "{\"tea\": 2}").expect(401);
        String[] sent = {"Authorization", "Bearer " + session.token(), "Idempotency-Key", "birthday"};

        String id = shop.post("/shop/orders", "{\"tea\": 2}", sent).expect(202).field("job");
        assertThat(shop.post("/shop/orders", "{\"tea\": 2}", sent).expect(202).field("job"))
                .isEqualTo(id);

        var payload = new Gateway(stack.gatewayUrl())
                .get("/api/v1/queues/orders/jobs/" + id, "X-API-Key", stack.operatorKey())
                .expect(200)
                .json()
                .get("payload");
        assertThat(payload.get("buyer").asString()).isEqualTo("account " + accountOf(session));
        assertThat(payload.at("/order/tea").asInt()).isEqualTo(2);
    }

    @Test
    void isAskedNoMoreThanARouteAllowsAnAccount() {
        routes.put(
                "limited", "\"audience\": \"shop\", \"limits\": {\"account\": {\"per_hour\": %d}}".formatted(PER_HOUR));
        try {
            var eager = Person.withAccount(stack).logsIn();
            List<Answer> answers = Stream.generate(() -> shop.get("/limited/products", bearer(eager)))
                    // The hour may end in between.
                    .limit(3 * PER_HOUR)
                    .toList();

            assertThat(answers.subList(0, PER_HOUR)).allMatch(answer -> answer.status() == 200);
            Answer refused = answers.getLast().expectProblem(ProblemType.RATE_LIMITED);
            assertThat(refused.json().get("limit").asInt()).isEqualTo(PER_HOUR);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            shop.get("/limited/products", bearer(Person.withAccount(stack).logsIn()))
                    .expect(200);
        } finally {
            routes.remove("limited");
        }
    }

    /** The stream has no end: what is read has not waited for it. */
    @Test
    void streamsEvents() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.gatewayUrl() + "/shop/events"))
                .header("Accept", "text/event-stream")
                .build();
        var answer = shop.http().send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(lines.lines().filter(line -> line.startsWith("data: ")).limit(2))
                    .hasSize(2)
                    .allMatch(line -> line.contains("\"tea\":"));
        }
    }

    @Test
    void talksOverAWebSocket() throws Exception {
        var session = Person.withAccount(stack).logsIn();
        assertThat(saysHello(bearer(session)).get(PATIENCE_SECONDS, SECONDS))
                .isEqualTo("account " + accountOf(session) + ": hello");
        assertThat(saysHello().get(PATIENCE_SECONDS, SECONDS)).isEqualTo("anonymous: hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products", "/events", "/chat"})
    void refusesWhoGoesAroundTheGateway(String path) {
        var direct = Gateway.notOurs(stack.sampleUrl());
        direct.get(path).expect(401);
        direct.get(path, "X-Frontdesk-Assertion", "e30.e30.e30").expect(401);
        direct.get("/health").expect(200);
    }

    @Test
    void refusesAnAssertionForAnotherApplication() {
        routes.put("blog", "\"audience\": \"blog\"");
        try {
            shop.get("/blog/products").expect(401);
            shop.get("/blog/health").expect(200);
        } finally {
            routes.remove("blog");
        }
    }

    private String accountOf(Session session) {
        return session.get("/api/v1/users/me").expect(200).field("id");
    }

    private static String[] bearer(Session session) {
        return new String[] {"Authorization", "Bearer " + session.token()};
    }

    /** The answer to "hello". */
    private CompletableFuture<String> saysHello(String... header) {
        var answer = new CompletableFuture<String>();
        var opening = shop.http().newWebSocketBuilder();
        if (header.length > 0) {
            opening.header(header[0], header[1]);
        }
        var url = URI.create(stack.gatewayUrl().toString().replaceFirst("^http", "ws") + "/shop/chat");
        opening.buildAsync(url, new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        answer.complete(text.toString());
                        return null;
                    }
                })
                .thenCompose(socket -> socket.sendText("hello", true))
                .thenCompose(socket -> answer.whenComplete((_, _) -> socket.abort()))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }
}
