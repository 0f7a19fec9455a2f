package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.EntryScripts.text;

import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Stores entries that are loaded from origins. Who loads an entry has its lease: one client in the whole cluster, until it has stored
 * the entry, a client has changed it, or the lease has expired. What was loaded is not stored if the entry was changed or invalidated
 * after the lease was given.
 */
@Component
public class EntryLoads {

    private static final String FUNCTIONS = "entries/entry_functions";
    private static final String LOAD_FUNCTIONS = "entries/load_functions";
    private static final LuaScript LEASE = new LuaScript("entries/lease_load", FUNCTIONS, LOAD_FUNCTIONS);
    private static final LuaScript STORE = new LuaScript("entries/store_load", FUNCTIONS, LOAD_FUNCTIONS);
    private static final LuaScript RENEW = LuaScript.alsoWhenFull("entries/renew_load", FUNCTIONS, LOAD_FUNCTIONS);
    private static final LuaScript FAIL = LuaScript.alsoWhenFull("entries/fail_load", FUNCTIONS, LOAD_FUNCTIONS);

    private final EntryScripts scripts;
    private final EntryQuotas quotas;

    EntryLoads(EntryScripts scripts, EntryQuotas quotas) {
        this.scripts = scripts;
        this.quotas = quotas;
    }

    /** The result of asking for a lease. */
    public sealed interface Lease {

        /** The client has it. */
        record Given() implements Lease {}

        /** There is an entry that has not expired. */
        record Found() implements Lease {}

        /** Another client has it, for so long at most. */
        record Taken(Duration left) implements Lease {}

        /** The last client has failed, and for so long none may try again. */
        record Failed(Duration left) implements Lease {}
    }

    /** The result of storing. */
    public enum Stored {
        STORED,

        /** The entry was changed or invalidated since, or the lease has expired. Nothing is stored. */
        LOST,

        /** The tenant's quota is used up. Nothing is stored. */
        FULL;

        private static Stored read(String word) {
            return switch (word) {
                case "stored" -> STORED;
                case "lost" -> LOST;
                default -> FULL;
            };
        }
    }

    /**
     * For how long a loaded entry is valid, and kept after that to be used while it can't be loaded.
     *
     * @param ttl whole seconds
     * @param kept whole seconds
     */
    public record Times(Duration ttl, Duration kept) {}

    /** @param early how an entry was loaded that is to be loaded again although it has not expired; else null */
    public Mono<Lease> lease(
            Owner owner, EntryName name, String token, Duration length, @Nullable Loaded early) {
        return scripts.run(
                        LEASE,
                        owner,
                        name,
                        token,
                        Long.toString(length.toMillis()),
                        scripts.now(),
                        early == null ? "" : early.text(),
                        CacheKeys.indexed(name))
                .map(reply -> switch (text(reply.getFirst())) {
                    case "leased" -> new Lease.Given();
                    case "found" -> new Lease.Found();
                    case "loading" -> new Lease.Taken(millis(text(reply.get(1))));
                    default -> new Lease.Failed(millis(text(reply.get(1))));
                });
    }

    private static Duration millis(String digits) {
        return Duration.ofMillis(Long.parseLong(digits));
    }

    /** @param entry with an empty entity tag if the origin does not have it */
    public Mono<Stored> store(
            Owner owner,
            EntryName name,
            String token,
            Entry entry,
            Set<String> tags,
            Times times,
            Loaded loaded,
            boolean evicts) {
        return quotas.allow(owner.tenant(), EntryScripts.bytesOf(name, entry) + EntryScripts.bytesOf(tags), 1)
                .flatMap(allowed -> scripts.run(
                        STORE,
                        owner,
                        name,
                        EntryScripts.room(allowed, evicts),
                        token,
                        entry.contentType(),
                        entry.tag(),
                        entry.body(),
                        Long.toString(times.ttl().toSeconds()),
                        Long.toString(times.kept().toSeconds()),
                        scripts.expiresAt(times.ttl()),
                        CacheKeys.indexed(name),
                        String.join(" ", tags),
                        loaded.text()))
                .map(reply -> Stored.read(text(reply.getFirst())));
    }

    /** The origin has not changed the entry. */
    public Mono<Stored> renew(Owner owner, EntryName name, String token, Times times, Loaded loaded) {
        return scripts.run(
                        RENEW,
                        owner,
                        name,
                        token,
                        Long.toString(times.ttl().toSeconds()),
                        Long.toString(times.kept().toSeconds()),
                        scripts.expiresAt(times.ttl()),
                        CacheKeys.indexed(name),
                        loaded.text())
                .map(reply -> Stored.read(text(reply.getFirst())));
    }

    /** @param pause until another client may try again */
    public Mono<Void> fail(Owner owner, EntryName name, String token, Duration pause) {
        return scripts.run(FAIL, owner, name, token, Long.toString(pause.toMillis()))
                .then();
    }
}
