package dev.frontdesk.cache.locks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The locks in Redis. Redis' clock decides when a lock expires. Each call completes when Redis has responded, or fails within
 * the command timeout: a change that fails may or may not have happened.
 */
@Repository
class Locks {

    private static final Logger log = LoggerFactory.getLogger(Locks.class);

    private static final String INDEX = "locks/index_functions";
    private static final LuaScript ACQUIRE = new LuaScript("locks/acquire_lock", INDEX);
    private static final LuaScript RENEW = LuaScript.alsoWhenFull("locks/renew_lock", INDEX);
    private static final LuaScript RELEASE = LuaScript.alsoWhenFull("locks/release_lock");
    private static final LuaScript LIST = LuaScript.alsoWhenFull("locks/list_locks");
    private static final String[] FIELDS = {"name", "holder", "fence", "acquired_at", "expires_at", "renewable_until"};

    private static final String ANY_CLAIM = "";
    private static final int LISTED_FIELDS = 8;

    /** How many partitions are listed at once. */
    private static final int AT_ONCE = 8;

    private final DirectRedis redis;
    private final LockKeys keys;
    private final String maxLife;
    private final String mostInAPartition;

    Locks(DirectRedis redis, KeySpace keySpace, LocksProperties properties) {
        this.redis = redis;
        this.keys = new LockKeys(keySpace);
        this.maxLife = Long.toString(properties.maxLife().toMillis());
        this.mostInAPartition = Integer.toString(properties.mostInAPartition());
    }

    /** A lock in a list, and where the list goes on after it. */
    record Listed(Lock lock, LockCursor position) {}

    /** @param waits whether its release must be announced if it is held now */
    Mono<Attempt> acquire(Acquisition wanted, boolean waits) {
        TenantId tenant = wanted.tenant();
        LockName name = wanted.name();
        Partition partition = LockKeys.partition(tenant, name);
        String claim = UUID.randomUUID().toString();
        return redis.run(
                        ACQUIRE,
                        List.of(keys.lock(tenant, name), keys.fence(tenant, partition), keys.index(tenant, partition)),
                        wanted.token().hash(),
                        claim,
                        name.text(),
                        LockKeys.indexed(name),
                        wanted.holder(),
                        Long.toString(wanted.ttl().toMillis()),
                        maxLife,
                        waits ? "1" : "0",
                        mostInAPartition)
                .map(reply -> {
                    String word = text(reply.getFirst());
                    return switch (word) {
                        case "held" -> new Attempt.Held(Duration.ofMillis(number(reply.get(1))));
                        case "full" -> new Attempt.Full();
                        default ->
                            new Attempt.Acquired(
                                    lock(name.text(), wanted.holder(), reply.subList(1, 5)),
                                    claim,
                                    word.equals("repeated"));
                    };
                });
    }

    /** @return empty if the token does not hold the lock */
    Mono<Lock> renew(TenantId tenant, LockName name, LockToken token, Duration ttl) {
        return redis.run(
                        RENEW,
                        lockAndIndex(tenant, name),
                        token.hash(),
                        LockKeys.indexed(name),
                        Long.toString(ttl.toMillis()))
                .filter(reply -> text(reply.getFirst()).equals("renewed"))
                .map(reply -> lock(name.text(), "", reply.subList(1, 5)));
    }

    /** @return false if the token does not hold the lock */
    Mono<Boolean> release(TenantId tenant, LockName name, LockToken token) {
        return release(tenant, name, token, ANY_CLAIM);
    }

    /**
     * Releases a lock whose client has left before it got the answer, without waiting for that. Not one that the client has got
     * with an earlier or a later request.
     */
    void giveBack(Acquisition wanted, Attempt.Acquired acquired) {
        if (!acquired.repeated()) {
            release(wanted.tenant(), wanted.name(), wanted.token(), acquired.claim())
                    .doOnEach(TraceLog.onError(error -> log.warn(
                            "A lock whose client has left was not released; it must expire: {}", error.toString())))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    private Mono<Boolean> release(TenantId tenant, LockName name, LockToken token, String claim) {
        return redis.run(
                        RELEASE,
                        lockAndIndex(tenant, name),
                        token.hash(),
                        LockKeys.indexed(name),
                        keys.releases(),
                        keys.lock(tenant, name),
                        claim)
                .map(reply -> text(reply.getFirst()).equals("released"));
    }

    /** @return empty if the lock is not held */
    Mono<Lock> find(TenantId tenant, LockName name) {
        return redis.read(keys.lock(tenant, name), FIELDS)
                .filter(fields -> fields.getFirst() != null)
                .map(Locks::lock);
    }

    /** The locks of a tenant by partition, and in each by expiry. A lock that is renewed between two pages can come twice. */
    Flux<Listed> list(TenantId tenant, LockCursor after, int most) {
        return Flux.range(
                        after.partition().number(),
                        Partition.COUNT - after.partition().number())
                .map(Partition::new)
                .flatMapSequential(partition -> listed(tenant, after.in(partition), most), AT_ONCE)
                .take(most);
    }

    private Flux<Listed> listed(TenantId tenant, LockCursor after, int most) {
        Partition partition = after.partition();
        return redis.run(
                        LIST,
                        keys.index(tenant, partition),
                        keys.prefix(tenant, partition),
                        Integer.toString(most),
                        after.score(),
                        after.indexed())
                .flatMapIterable(reply -> {
                    var found = new ArrayList<Listed>();
                    for (int i = 0; i < reply.size(); i += LISTED_FIELDS) {
                        var position = new LockCursor(partition, text(reply.get(i + 1)), text(reply.get(i)));
                        found.add(new Listed(lock(reply.subList(i + 2, i + LISTED_FIELDS)), position));
                    }
                    return found;
                });
    }

    private List<String> lockAndIndex(TenantId tenant, LockName name) {
        return List.of(keys.lock(tenant, name), keys.index(tenant, LockKeys.partition(tenant, name)));
    }

    private static Lock lock(List<byte @Nullable []> fields) {
        return lock(text(fields.get(0)), text(fields.get(1)), fields.subList(2, 6));
    }

    private static Lock lock(String name, String holder, List<byte @Nullable []> numbers) {
        return new Lock(
                name,
                holder,
                number(numbers.get(0)),
                Instant.ofEpochMilli(number(numbers.get(1))),
                Instant.ofEpochMilli(number(numbers.get(2))),
                Instant.ofEpochMilli(number(numbers.get(3))));
    }

    private static long number(byte @Nullable [] bytes) {
        return Long.parseLong(text(bytes));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
