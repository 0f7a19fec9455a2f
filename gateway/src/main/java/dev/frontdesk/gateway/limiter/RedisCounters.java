package dev.frontdesk.gateway.limiter;

import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The counters that all gateways share, in Redis. */
final class RedisCounters {

    private static final String FUNCTIONS = "limiter/sliding_windows";
    private static final LuaScript TAKE = new LuaScript("limiter/take_requests", FUNCTIONS);
    private static final String SUBJECTS = "limiter/subjects";
    private static final LuaScript TELL = new LuaScript("limiter/tell_requests", FUNCTIONS, SUBJECTS);
    private static final LuaScript REFUND = new LuaScript("limiter/refund_requests", FUNCTIONS, SUBJECTS);
    private static final LuaScript RESET = LuaScript.alsoWhenFull("limiter/reset_subject");

    /** A gateway sends a batch again until it has an answer. After that time none of its requests counts. */
    private static final Duration BATCH_KNOWN_FOR = Duration.ofHours(25);

    private static final Duration REFUND_KNOWN_FOR = Duration.ofDays(1);

    private static final String TAKES = "take";

    /** Redis uses its own clock. */
    private static final String SERVER_CLOCK = "";

    private final DirectRedis redis;
    private final SubjectKeys keys;

    RedisCounters(DirectRedis redis, SubjectKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** @param subjects all of one tenant, or all of one address */
    Mono<Decision> take(List<Limited> subjects) {
        return call(TAKES, SERVER_CLOCK, subjects);
    }

    /** Like {@link #take}, but counts nothing. */
    Mono<Decision> peek(List<Limited> subjects) {
        return call("peek", SERVER_CLOCK, subjects);
    }

    /** @param now µs since 1970, or {@link #SERVER_CLOCK} */
    Mono<Decision> call(String mode, String now, List<Limited> subjects) {
        var args = new Object[subjects.size() + 2];
        args[0] = mode;
        args[1] = now;
        for (int i = 0; i < subjects.size(); i++) {
            args[i + 2] = subjects.get(i).forScript();
        }
        return redis.run(TAKE, keysOf(subjects), args)
                .map(reply -> ScriptReply.read(reply.getFirst(), subjects, mode.equals(TAKES)));
    }

    /**
     * Adds requests whatever the limits say; a batch that Redis has already has no effect.
     *
     * @param batches all of one tenant, or one of none
     */
    Mono<Void> tell(List<UntoldBatch> batches) {
        return tell(SERVER_CLOCK, batches);
    }

    Mono<Void> tell(String now, List<UntoldBatch> batches) {
        var all = new ArrayList<String>(2 * batches.size());
        var args = new ArrayList<Object>();
        args.add(now);
        args.add(Long.toString(BATCH_KNOWN_FOR.toMillis()));
        for (UntoldBatch batch : batches) {
            all.add(keys.keyOf(batch.subject()));
            all.add(keys.batch(batch.subject(), batch.id()));
            args.addAll(batch.arguments());
        }
        return redis.run(TELL, all, args.toArray()).then();
    }

    /** Gives requests back; the same refund again has no effect. */
    Mono<Void> refund(Subject subject, Policy policy, long requests, UUID id) {
        return refund(SERVER_CLOCK, subject, policy, requests, id);
    }

    Mono<Void> refund(String now, Subject subject, Policy policy, long requests, UUID id) {
        return redis.run(
                        REFUND,
                        List.of(keys.keyOf(subject), keys.refund(subject, id)),
                        now,
                        Long.toString(REFUND_KNOWN_FOR.toMillis()),
                        policy.forScript(0),
                        Long.toString(requests))
                .then();
    }

    /** Forgets all that was counted. */
    Mono<Void> reset(Subject subject) {
        return redis.run(RESET, List.of(keys.keyOf(subject))).then();
    }

    private List<String> keysOf(List<Limited> subjects) {
        var all = new ArrayList<String>(subjects.size());
        for (Limited limited : subjects) {
            all.add(keys.keyOf(limited.subject()));
        }
        return all;
    }
}
