package dev.frontdesk.gateway.limiter;

import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.LuaScript;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** The counters that all gateways share, in Redis. */
final class RedisCounters {

    private static final String FUNCTIONS = "limiter/sliding_windows";
    private static final LuaScript TAKE = new LuaScript("limiter/take_requests", FUNCTIONS);
    private static final LuaScript ADD = new LuaScript("limiter/add_requests", FUNCTIONS);
    private static final LuaScript RESET = new LuaScript("limiter/reset_subject");

    /** Redis uses its own clock. */
    private static final String SERVER_CLOCK = "";

    private final DirectRedis redis;
    private final SubjectKeys keys;

    RedisCounters(DirectRedis redis, SubjectKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** @param subjects all of one tenant, or one of none */
    Mono<Decision> take(List<Limited> subjects) {
        return call("take", SERVER_CLOCK, subjects);
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
        return redis.run(TAKE, keysOf(subjects), args).map(reply -> ScriptReply.read(reply.getFirst(), subjects));
    }

    /** Adds the requests of each, whatever the limits say; a negative number takes them back. */
    Mono<Void> add(List<Limited> subjects) {
        return add(SERVER_CLOCK, subjects);
    }

    Mono<Void> add(String now, List<Limited> subjects) {
        var args = new ArrayList<Object>(2 * subjects.size() + 1);
        args.add(now);
        for (Limited limited : subjects) {
            args.add(Integer.toString(limited.cost()));
            args.add(limited.policy().forScript(0));
        }
        return redis.run(ADD, keysOf(subjects), args.toArray()).then();
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
