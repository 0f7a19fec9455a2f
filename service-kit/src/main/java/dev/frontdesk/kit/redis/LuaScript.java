package dev.frontdesk.kit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/**
 * A script from {@code resources/redis/<feature>/<verb_noun>.lua} that returns a list. It runs with EVALSHA, or with
 * EVAL if the server does not know the script yet. A full Redis rejects it before its first command; a script without
 * the {@code #!lua} header would be allowed to continue once it has removed something. Arguments and results are
 * strings, or bytes if the template's values are bytes.
 */
public final class LuaScript {

    @SuppressWarnings("rawtypes")
    private final RedisScript<List> script;

    private final String sha1;

    /**
     * @param name feature and file name without extension, for example {@code sessions/open_session}
     * @param functions files with local functions that the script calls; they are inserted before it
     */
    public LuaScript(String name, String... functions) {
        this(RedisScript.of("#!lua\n" + textOf(name, functions), List.class));
    }

    @SuppressWarnings("rawtypes")
    private LuaScript(RedisScript<List> script) {
        this.script = script;
        this.sha1 = script.getSha1();
    }

    /**
     * A script that also runs while Redis is full ({@code maxmemory} with {@code noeviction}). Use it only for scripts
     * that end, verify or preserve something that Redis already has, and so add little or free memory. Never use it for
     * data that an unknown client can multiply.
     */
    public static LuaScript alsoWhenFull(String name, String... functions) {
        return new LuaScript(RedisScript.of("#!lua flags=allow-oom\n" + textOf(name, functions), List.class));
    }

    private static String textOf(String name, String... functions) {
        return Stream.concat(Stream.of(functions), Stream.of(name))
                .map(LuaScript::textOf)
                .collect(Collectors.joining("\n"));
    }

    private static String textOf(String name) {
        var file = new ClassPathResource("redis/" + name + ".lua");
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new IllegalArgumentException("No script " + file.getPath(), missing);
        }
    }

    String text() {
        return script.getScriptAsString();
    }

    /** By which a server finds the script, 40 hexadecimal digits. */
    String sha1() {
        return sha1;
    }

    /** @param keys all in one slot of a Redis Cluster */
    @SuppressWarnings("unchecked")
    public <V> Mono<List<V>> run(ReactiveRedisTemplate<String, V> redis, List<String> keys, List<V> args) {
        Mono<List<V>> run = redis.execute(script, keys, args).single().map(reply -> (List<V>) reply);
        return run.onErrorResume(SlotMigration::isBehind, _ -> SlotMigration.sentAgain(run));
    }
}
