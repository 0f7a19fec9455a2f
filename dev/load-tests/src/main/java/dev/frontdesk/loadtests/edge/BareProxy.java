package dev.frontdesk.loadtests.edge;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * The floor, a separate process: a proxy of one handler that counts each request in Redis with one script and sends it to
 * the upstream, without identity, headers of its own, traces or logs.
 */
public final class BareProxy {

    private static final int CONNECTIONS = 256;

    private final StatefulRedisConnection<String, String> redis;
    private final String script;
    private final HttpClient upstream;

    private BareProxy(StatefulRedisConnection<String, String> redis, String script, HttpClient upstream) {
        this.redis = redis;
        this.script = script;
        this.upstream = upstream;
    }

    /** @param arguments the address of Redis, the address of the upstream, and the port to listen on */
    public static void main(String[] arguments) throws IOException {
        StatefulRedisConnection<String, String> redis =
                RedisClient.create(RedisURI.create(arguments[0])).connect();
        String script = redis.sync().scriptLoad(takeToken());
        var connections = ConnectionProvider.create("upstream", CONNECTIONS);
        var proxy = new BareProxy(redis, script, HttpClient.create(connections).baseUrl(arguments[1]));
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[2]))
                .handle(proxy::handle)
                .bindNow()
                .onDispose()
                .block();
    }

    private static String takeToken() throws IOException {
        try (InputStream script = BareProxy.class.getResourceAsStream("/redis/edge/take_token.lua")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        String[] bucket = {"bare:" + request.requestHeaders().get("Authorization")};
        return redis.reactive()
                .<Long>evalsha(script, ScriptOutputType.INTEGER, bucket, "1000000", "1000000")
                .single()
                .flatMap(taken -> taken == 1
                        ? forward(request, response)
                        : response.status(429).send().then());
    }

    private Mono<Void> forward(HttpServerRequest request, HttpServerResponse response) {
        return upstream.headers(headers ->
                        headers.set("Authorization", request.requestHeaders().get("Authorization")))
                .request(request.method())
                .uri(request.uri())
                .response((received, body) -> response.status(received.status())
                        .headers(received.responseHeaders())
                        .send(body.retain()))
                .then();
    }
}
