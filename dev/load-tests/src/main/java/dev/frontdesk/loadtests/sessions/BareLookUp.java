package dev.frontdesk.loadtests.sessions;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * The baseline of introspections, a separate process: the minimal look-up of a session over HTTP. It reads a key from
 * the path, reads that hash from Redis, and returns its fields, without authentication, limits, comparisons, traces or
 * logs.
 */
public final class BareLookUp {

    private BareLookUp() {}

    /** @param arguments the address of Redis, and the port to listen on */
    public static void main(String[] arguments) {
        StatefulRedisConnection<String, String> redis =
                RedisClient.create(RedisURI.create(arguments[0])).connect();
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[1]))
                .route(routes -> routes.get(
                        "/{key}",
                        (request, response) -> response.header("Content-Type", "application/json")
                                .sendString(lookUp(redis, String.valueOf(request.param("key"))))))
                .bindNow()
                .onDispose()
                .block();
    }

    private static Mono<String> lookUp(StatefulRedisConnection<String, String> redis, String key) {
        return redis.reactive()
                .hgetall(key)
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
