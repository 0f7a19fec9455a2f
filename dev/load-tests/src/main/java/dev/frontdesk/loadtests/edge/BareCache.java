package dev.frontdesk.loadtests.edge;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The baseline of the cache, a separate process: GET and SET of Redis over HTTP, without owners, conditions, checks,
 * traces or logs. A missing value is an empty one.
 */
public final class BareCache {

    private static final int LIVES_SECONDS = 3600;

    private BareCache() {}

    /** @param arguments the address of Redis, and the port to listen on */
    public static void main(String[] arguments) {
        StatefulRedisConnection<byte[], byte[]> redis =
                RedisClient.create(RedisURI.create(arguments[0])).connect(ByteArrayCodec.INSTANCE);
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[1]))
                .route(routes -> routes.get("/{key}", (request, response) -> get(redis, request, response))
                        .put("/{key}", (request, response) -> put(redis, request, response)))
                .bindNow()
                .onDispose()
                .block();
    }

    private static Publisher<Void> get(
            StatefulRedisConnection<byte[], byte[]> redis, HttpServerRequest request, HttpServerResponse response) {
        return response.header("Content-Type", "application/json")
                .send(redis.reactive().get(key(request)).map(Unpooled::wrappedBuffer));
    }

    private static Publisher<Void> put(
            StatefulRedisConnection<byte[], byte[]> redis, HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .flatMap(value -> redis.reactive().set(key(request), value, SetArgs.Builder.ex(LIVES_SECONDS)))
                .then(response.status(204).send());
    }

    private static byte[] key(HttpServerRequest request) {
        return ("bare:" + request.param("key")).getBytes(StandardCharsets.UTF_8);
    }
}
