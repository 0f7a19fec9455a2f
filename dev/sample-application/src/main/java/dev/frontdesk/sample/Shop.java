package dev.frontdesk.sample;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.frontdesk.sample.Assertions.Caller;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadGatewayResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.sse.SseClient;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** The shop. Its API key, of the tenant default, needs the scope jobs:write. */
record Shop(Assertions assertions, URI frontdesk, String apiKey, HttpClient http) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> PRODUCTS = List.of("tea", "coffee", "biscuits");

    public static void main(String[] arguments) throws IOException {
        URI frontdesk = URI.create(setting("FRONTDESK_URL", "http://localhost:8080"));
        URL keys = frontdesk.resolve("/.well-known/jwks.json").toURL();
        var assertions = new Assertions(keys, setting("FRONTDESK_ISSUER", frontdesk.toString()), "shop", "default");
        var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        new Shop(assertions, frontdesk, setting("FRONTDESK_API_KEY", ""), http)
                .start(Integer.parseInt(setting("SERVER_PORT", "9000")));
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    /** On this machine only. Port 0 takes any free port. */
    Javalin start(int port) {
        return Javalin.create(this::configure).start("127.0.0.1", port);
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.routes
                .before(this::identify)
                .wsBeforeUpgrade(this::identify)
                .get("/health", to -> answer(to, Map.of("status", "ok")))
                .get("/products", to -> answer(to, Map.of("caller", callerOf(to).name(), "products", PRODUCTS)))
                .get("/stock/{product}", to -> answer(to, Map.of("product", to.pathParam("product"), "stock", 12)))
                .post("/orders", this::order)
                .sse("/events", Shop::prices)
                .ws("/chat", Shop::chat)
                .exception(HttpResponseException.class, (it, to) -> error(to, it.getStatus(), "" + it.getMessage()))
                .exception(IOException.class, (_, to) -> error(to, 502, "Frontdesk did not answer."))
                .exception(ParseException.class, (_, to) -> error(to, 400, "The order must be a JSON object."));
    }

    /** The stock is no secret: the cache of Frontdesk reads it without a caller. */
    private void identify(Context request) {
        if (!request.path().equals("/health") && !request.path().startsWith("/stock/")) {
            request.attribute("caller", assertions.verify(request.header(Assertions.HEADER)));
        }
    }

    private static Caller callerOf(Context request) {
        return request.<Caller>attribute("caller");
    }

    /** Becomes a job in a queue of Frontdesk, from which workers in any language take it. */
    private void order(Context request) throws IOException, InterruptedException, ParseException {
        Caller buyer = callerOf(request);
        if (!buyer.kind().equals("account")) {
            throw new UnauthorizedResponse("Log in to order.");
        }
        var payload = Map.of("buyer", buyer.name(), "order", JSONObjectUtils.parse(request.body()));
        String sent = request.header("Idempotency-Key");
        HttpRequest job = HttpRequest.newBuilder(frontdesk.resolve("/api/v1/queues/orders/jobs"))
                .timeout(TIMEOUT)
                .headers("X-API-Key", apiKey, "Content-Type", "application/json")
                // Other accounts may use the same one.
                .header("Idempotency-Key", buyer.subject() + ":" + (sent == null ? UUID.randomUUID() : sent))
                .POST(BodyPublishers.ofString(JSONObjectUtils.toJSONString(Map.of("payload", payload))))
                .build();
        var stored = http.send(job, BodyHandlers.ofString());
        if (stored.statusCode() > 201) {
            throw new BadGatewayResponse("Frontdesk did not store the order: " + stored.statusCode());
        }
        Object id = JSONObjectUtils.parse(stored.body()).get("id");
        answer(request.status(202), Map.of("job", id));
    }

    /** Until the client leaves, or the gateway ends the stream because its caller may no longer call. */
    private static void prices(SseClient client) {
        while (!client.terminated()) {
            client.sendEvent("price", "{\"tea\":" + ThreadLocalRandom.current().nextInt(200, 400) + "}");
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    private static void chat(WsConfig chat) {
        chat.onMessage(it -> it.send(it.<Caller>attribute("caller").name() + ": " + it.message()));
    }

    private static void error(Context request, int status, String message) {
        answer(request.status(status), Map.of("error", message));
    }

    private static void answer(Context request, Map<String, Object> body) {
        request.contentType("application/json").result(JSONObjectUtils.toJSONString(body));
    }
}
