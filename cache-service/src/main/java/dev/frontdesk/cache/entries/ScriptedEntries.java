package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores entries of other features, which have scripts of their own, within the quota of the tenant. */
@Component
public class ScriptedEntries {

    private final EntryScripts scripts;
    private final EntryQuotas quotas;
    private final EntryCounts counts;

    ScriptedEntries(EntryScripts scripts, EntryQuotas quotas, EntryCounts counts) {
        this.scripts = scripts;
        this.quotas = quotas;
        this.counts = counts;
    }

    /** A script with may_change.lua and entry_functions.lua in front of it. */
    public static LuaScript script(String name) {
        return new LuaScript(name, EntryChanges.MAY_CHANGE, EntryChanges.FUNCTIONS);
    }

    /**
     * Runs a script that stores an entry. It gets what entry_functions.lua describes, the entry as KEYS[5], and ARGV[4] time to live
     * in s, ARGV[5] when the entry expires (ms since the epoch), ARGV[6] its escaped name.
     *
     * @param ttl not longer than {@link EntriesProperties#longestTtl}
     * @param bytes of the type and the body of the entry
     * @param args ARGV[7], …
     * @return the reply of the script, which begins with {@code created} or {@code replaced} if it has stored the entry
     */
    public Mono<List<byte @Nullable []>> store(
            LuaScript script, Owner owner, EntryName name, Duration ttl, int bytes, List<Object> args) {
        return quotas.allow(owner.tenant(), EntryScripts.bytesOf(name, bytes), 1)
                .flatMap(allowed -> scripts.run(
                        script,
                        owner,
                        name,
                        Stream.concat(
                                        Stream.of(
                                                EntryScripts.room(allowed, false),
                                                Long.toString(ttl.toSeconds()),
                                                scripts.expiresAt(ttl),
                                                CacheKeys.indexed(name)),
                                        args.stream())
                                .toArray()))
                .doOnNext(reply -> {
                    String word = EntryScripts.text(reply.getFirst());
                    if (word.equals("created") || word.equals("replaced")) {
                        counts.wrote(owner, name.namespace(), 1);
                    }
                });
    }
}
