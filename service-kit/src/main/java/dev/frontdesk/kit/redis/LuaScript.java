package dev.frontdesk.kit.redis;

import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/**
 * A script from {@code resources/redis/<feature>/<verb_noun>.lua} that answers with a list of strings: EVALSHA, and EVAL
 * where the server does not know it yet.
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
    public Mono<List<String>> run(ReactiveStringRedisTemplate redis, List<String> keys, List<String> args) {
        return redis.execute(script, keys, args).single().map(reply -> (List<String>) reply);
    }
}
