package dev.frontdesk.cache.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.operations.Operation.Kind;
import dev.frontdesk.cache.operations.Operation.State;
import dev.frontdesk.cache.operations.Progress.Next;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.DirectRedis.Fields;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The operations in Redis, with the queue of those that wait. Redis' clock decides about leases and pauses. */
@Repository
class StoredOperations {

    /** Of a tenant, the open ones included. */
    static final int MOST_LISTED = 100;

    private static final String FUNCTIONS = "operations/operation_functions";
    private static final LuaScript CREATE = new LuaScript("operations/create_operation", FUNCTIONS);
    private static final LuaScript CLAIM = LuaScript.alsoWhenFull("operations/claim_operation", FUNCTIONS);
    private static final LuaScript PROGRESS = LuaScript.alsoWhenFull("operations/progress_operation", FUNCTIONS);
    private static final LuaScript CANCEL = LuaScript.alsoWhenFull("operations/cancel_operation", FUNCTIONS);
    private static final String[] FIELDS = {
        "kind", "namespace", "pattern", "state", "total", "done", "changed", "failed", "reason", "created_at", "ended_at"
    };

    /** After the last change: also of one that has ended. */
    private static final String KEPT = Long.toString(Duration.ofHours(24).toMillis());

    /** Each takes as long as a lease. */
    private static final String MOST_ATTEMPTS = "10";

    private static final int CLAIMED_FIELDS = 7;

    private final DirectRedis direct;
    private final ReactiveStringRedisTemplate redis;
    private final OperationKeys keys;
    private final String maxOpen;

    StoredOperations(
            DirectRedis direct,
            ReactiveStringRedisTemplate redis,
            KeySpace keySpace,
            OperationsProperties properties) {
        this.direct = direct;
        this.redis = redis;
        this.keys = new OperationKeys(keySpace);
        this.maxOpen = Integer.toString(properties.maxOpenPerTenant());
    }

    /** The result of a cancellation. */
    enum Cancelled {
        CANCELLED,
        ENDED,
        MISSING
    }

    /** @return empty if the tenant has too many open ones */
    Mono<Operation> create(NewOperation wanted) {
        TenantId tenant = wanted.tenant();
        UUID id = UUID.randomUUID();
        var args = new ArrayList<Object>(List.of(
                tenant.toString(),
                id.toString(),
                keys.operations(tenant),
                maxOpen,
                Integer.toString(MOST_LISTED),
                KEPT,
                wanted.kind().text(),
                wanted.namespace(),
                wanted.pattern(),
                Long.toString(wanted.total())));
        args.addAll(wanted.keys());
        return direct.run(CREATE, keys.about(tenant, id), args.toArray())
                .filter(reply -> text(reply.getFirst()).equals("created"))
                .map(reply -> new Operation(
                        id,
                        wanted.kind(),
                        wanted.namespace(),
                        wanted.pattern(),
                        State.WAITING,
                        wanted.total(),
                        0,
                        0,
                        0,
                        "",
                        Instant.ofEpochMilli(number(reply.get(1))),
                        null));
    }

    Mono<Operation> find(TenantId tenant, UUID id) {
        return direct.read(keys.operation(tenant, id), FIELDS)
                .filter(fields -> fields.getFirst() != null)
                .map(fields -> operation(id, fields));
    }

    /** Newest first. */
    Mono<List<Operation>> all(TenantId tenant) {
        return redis.opsForZSet()
                .reverseRange(keys.byTime(tenant), Range.closed(0L, (long) MOST_LISTED - 1))
                .map(UUID::fromString)
                .collectList()
                .flatMap(ids -> ids.isEmpty() ? Mono.just(List.of()) : read(tenant, ids));
    }

    private Mono<List<Operation>> read(TenantId tenant, List<UUID> ids) {
        return direct.read(ids.stream()
                        .map(id -> new Fields(keys.operation(tenant, id), FIELDS))
                        .toList())
                .map(found -> IntStream.range(0, ids.size())
                        .filter(i -> found.get(i).getFirst() != null)
                        .mapToObj(i -> operation(ids.get(i), found.get(i)))
                        .toList());
    }

    Mono<Cancelled> cancel(TenantId tenant, UUID id) {
        return direct.run(CANCEL, keys.about(tenant, id), tenant.toString(), id.toString(), KEPT)
                .map(reply -> Cancelled.valueOf(text(reply.getFirst()).toUpperCase(Locale.ROOT)));
    }

    /** @param mostKeys of a warm-up */
    Mono<Turn> claim(Duration lease, int mostKeys) {
        String token = UUID.randomUUID().toString();
        return direct.run(
                        CLAIM,
                        keys.queue(),
                        keys.prefix(),
                        keys.tag(),
                        token,
                        Long.toString(lease.toMillis()),
                        MOST_ATTEMPTS,
                        KEPT,
                        Integer.toString(mostKeys))
                .map(reply -> text(reply.getFirst()).equals("claimed") ? claimed(token, reply) : none(reply));
    }

    private static Turn claimed(String token, List<byte @Nullable []> reply) {
        return new Turn.Claimed(
                new TenantId(text(reply.get(1))),
                UUID.fromString(text(reply.get(2))),
                token,
                Kind.parse(text(reply.get(3))),
                text(reply.get(4)),
                text(reply.get(5)),
                text(reply.get(6)),
                reply.stream().skip(CLAIMED_FIELDS).map(StoredOperations::text).toList());
    }

    private static Turn none(List<byte @Nullable []> reply) {
        long wait = number(reply.get(1));
        return new Turn.None(wait < 0 ? null : Duration.ofMillis(wait));
    }

    /** @return false if the worker has lost its lease, and nothing was stored */
    Mono<Boolean> store(Turn.Claimed claimed, Progress progress) {
        Next next = progress.next();
        return direct.run(
                        PROGRESS,
                        keys.about(claimed.tenant(), claimed.id()),
                        claimed.tenant().toString(),
                        claimed.id().toString(),
                        claimed.token(),
                        KEPT,
                        next instanceof Next.At at ? at.cursor() : "",
                        Long.toString(progress.done()),
                        Long.toString(progress.changed()),
                        Long.toString(progress.failed()),
                        next instanceof Next.At at ? Long.toString(at.pause().toMillis()) : "0",
                        switch (next) {
                            case Next.At _ -> "";
                            case Next.Done _ -> State.DONE.text();
                            case Next.Failed _ -> State.FAILED.text();
                        },
                        next instanceof Next.Failed failed ? failed.reason() : "")
                .map(reply -> text(reply.getFirst()).equals("stored"));
    }

    private static Operation operation(UUID id, List<byte @Nullable []> fields) {
        return new Operation(
                id,
                Kind.parse(text(fields.get(0))),
                text(fields.get(1)),
                text(fields.get(2)),
                State.parse(text(fields.get(3))),
                number(fields.get(4)),
                number(fields.get(5)),
                number(fields.get(6)),
                number(fields.get(7)),
                text(fields.get(8)),
                Instant.ofEpochMilli(number(fields.get(9))),
                fields.get(10) == null ? null : Instant.ofEpochMilli(number(fields.get(10))));
    }

    private static long number(byte @Nullable [] bytes) {
        return Long.parseLong(text(bytes));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
