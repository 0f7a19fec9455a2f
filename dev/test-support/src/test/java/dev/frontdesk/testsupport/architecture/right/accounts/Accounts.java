package dev.frontdesk.testsupport.architecture.right.accounts;

import dev.frontdesk.testsupport.architecture.right.clock.Ticks;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public class Accounts {

    private final ReactiveStringRedisTemplate redis;
    private final Ticks ticks;

    Accounts(ReactiveStringRedisTemplate redis, Ticks ticks) {
        this.redis = redis;
        this.ticks = ticks;
    }

    Mono<Long> block(String account) {
        return ticks.next().flatMap(tick -> redis.opsForSet().add("blocked", account));
    }

    Mono<Long> blockTwice(String account) {
        return block(account).then(block(account));
    }

    Flux<Object> fieldsOf(String account) {
        return redis.opsForHash().keys(account);
    }

    Flux<String> all() {
        return redis.scan(ScanOptions.scanOptions().count(100).build());
    }
}
