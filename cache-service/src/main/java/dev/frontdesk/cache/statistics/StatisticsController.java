package dev.frontdesk.cache.statistics;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.Takes;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a tenant has and uses; for the operator also what Redis says of itself. */
@RestController
class StatisticsController {

    private final Statistics statistics;
    private final RedisNumbers redis;

    StatisticsController(Statistics statistics, RedisNumbers redis) {
        this.statistics = statistics;
        this.redis = redis;
    }

    @Takes
    @GetMapping("/api/v1/cache/stats")
    Mono<CacheStatistics> show(Caller caller) {
        Mono<CacheStatistics> ofTenant = statistics.of(caller.tenant());
        return caller instanceof Caller.Operator ? Mono.zip(ofTenant, redis.read(), CacheStatistics::with) : ofTenant;
    }
}
