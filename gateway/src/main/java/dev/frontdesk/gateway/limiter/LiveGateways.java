package dev.frontdesk.gateway.limiter;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.LuaScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many gateways are running. Each writes a sign of life to Redis; while Redis is down, the last known number holds. */
final class LiveGateways extends BackgroundWork {

    private static final LuaScript COUNT = new LuaScript("limiter/count_gateways");
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration GONE_AFTER = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final DirectRedis redis;
    private final SubjectKeys keys;
    private final String id = UUID.randomUUID().toString();
    /** The last numbers that Redis said, the newest last. */
    private final Deque<Integer> said = new ArrayDeque<>();

    private volatile int number = 1;

    LiveGateways(DirectRedis redis, SubjectKeys keys) {
        super("Counting the gateways");
        this.redis = redis;
        this.keys = keys;
    }

    /** With this one; 1 until Redis has been reached. */
    int number() {
        return number;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(count().onErrorResume(this::reported)), 1);
    }

    /** After an outage the others come back one by one, so the number falls only when Redis has said so for a while. */
    private void said(int running) {
        said.addLast(running);
        if (said.size() > GONE_AFTER.dividedBy(EVERY)) {
            said.removeFirst();
        }
        number = Collections.max(said);
    }

    private Mono<Void> count() {
        return redis.run(COUNT, keys.gateways(), id, Long.toString(GONE_AFTER.toMillis()))
                .timeout(TIMEOUT)
                .doOnNext(reply -> {
                    said(Integer.parseInt(new String(reply.getFirst(), StandardCharsets.US_ASCII)));
                    recovered();
                })
                .then();
    }
}
