package dev.frontdesk.kit.redis;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import reactor.core.publisher.Flux;

/** A service's connections to Redis, and nothing else of the service, at some REDIS_URL. */
final class RedisClient implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConfigurableApplicationContext service;
    final ReactiveStringRedisTemplate redis;

    @ImportAutoConfiguration({
        RedisAutoConfiguration.class,
        DataRedisAutoConfiguration.class,
        DataRedisReactiveAutoConfiguration.class,
        SslAutoConfiguration.class
    })
    static class OnlyRedis {}

    RedisClient(String url, String... settings) {
        var all = new java.util.ArrayList<>(List.of("--frontdesk.env=local-redis", "--REDIS_URL=" + url));
        all.addAll(List.of(settings));
        service = new SpringApplicationBuilder(OnlyRedis.class)
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
        redis = service.getBean(ReactiveStringRedisTemplate.class);
    }

    void set(String key, String value) {
        redis.opsForValue().set(key, value).block(LONG);
    }

    String get(String key) {
        return requireNonNull(redis.opsForValue().get(key).block(LONG));
    }

    /** Writes and publishes atomically, as the outboxes do. */
    void tell(String key, String channel, String message) {
        new LuaScript("tests/write_and_tell")
                .run(redis, List.of(key), List.of(channel, message))
                .block(LONG);
    }

    Flux<String> listen(String channel) {
        return redis.listenTo(ChannelTopic.of(channel)).map(ReactiveSubscription.Message::getMessage);
    }

    /** The connections of this client as the server lists them, one per line. */
    List<String> connections() {
        return requireNonNull(redis.execute(it -> it.serverCommands().getClientList())
                .map(Object::toString)
                .collectList()
                .block(LONG));
    }

    @Override
    public void close() {
        service.close();
    }
}
