package dev.frontdesk.testsupport.architecture.wrong.redis;

import io.lettuce.core.api.reactive.RedisReactiveCommands;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class Stops {

    Flux<String> keysOfTemplate(ReactiveStringRedisTemplate redis) {
        return redis.keys("*");
    }

    Flux<String> keysOfLettuce(RedisReactiveCommands<String, String> redis) {
        return redis.keys("*");
    }

    Mono<String> flushAll(ReactiveRedisConnection redis) {
        return redis.serverCommands().flushAll();
    }

    Mono<String> flushDb(RedisReactiveCommands<String, String> redis) {
        return redis.flushdb();
    }
}
