package dev.frontdesk.kit.redis;

import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/**
 * A script from {@code resources/redis/<feature>/<verb_noun>.lua} that answers with a list: EVALSHA, and EVAL where the
 * server does not know it yet. Arguments and answers are strings, or bytes where the template's values are.
 */
public final class LuaScript {

    @SuppressWarnings("rawtypes")
    private final RedisScript<List> script;

    /** @param name feature and file without ending, for example {@code sessions/open_session} */
    public LuaScript(String name) {
        var file = new ClassPathResource("redis/" + name + ".lua");
        if (!file.exists()) {
            throw new IllegalArgumentException("No script " + file.getPath());
        }
        this.script = RedisScript.of(file, List.class);
    }

    /** @param keys all in one slot of a Redis Cluster */
    @SuppressWarnings("unchecked")
    public <V> Mono<List<V>> run(ReactiveRedisTemplate<String, V> redis, List<String> keys, List<V> args) {
        return redis.execute(script, keys, args).single().map(reply -> (List<V>) reply);
    }
}
