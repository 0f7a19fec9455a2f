package dev.frontdesk.session.sessions;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventRecorder;
import dev.frontdesk.kit.events.RedisOutbox;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every session script needs: a connection, keys, the time, and events as templates that the script completes. */
@Component
final class SessionScripts {

    /** Placeholder id; the script replaces it with the id of each session. */
    private static final UUID NO_SESSION = new UUID(0, 0);

    private static final int SCANNED_AT_ONCE = 1000;

    final SessionKeys keys;

    private final ReactiveStringRedisTemplate redis;
    private final DirectRedis direct;
    private final RedisOutbox outbox;
    private final EventRecorder recorder;
    private final Clock clock;

    SessionScripts(
            ReactiveStringRedisTemplate redis,
            DirectRedis direct,
            KeySpace keys,
            RedisOutbox outbox,
            EventRecorder recorder,
            Clock clock) {
        this.redis = redis;
        this.direct = direct;
        this.keys = new SessionKeys(keys);
        this.outbox = outbox;
        this.recorder = recorder;
        this.clock = clock;
    }

    Mono<List<String>> run(LuaScript script, List<String> keys, List<String> args) {
        return script.run(redis, keys, args);
    }

    /** Like {@link #run}, at less cost: for what runs with every request. */
    Mono<List<byte @Nullable []>> runDirectly(LuaScript script, String key, Object... args) {
        return direct.run(script, key, args);
    }

    /** All keys of this form, on all servers of a Cluster; a key may be emitted twice. */
    Flux<String> keysLike(String pattern) {
        return redis.scan(
                ScanOptions.scanOptions().match(pattern).count(SCANNED_AT_ONCE).build());
    }

    Mono<String> event(Event event) {
        return recorder.recordAsJson(event);
    }

    /** A template: the script fills in the session id and writes one event for each session. */
    Mono<String> revocationEvent(TenantId tenant, UUID accountId) {
        return event(new SessionRevoked(tenant.value(), accountId, NO_SESSION, now()));
    }

    String outbox(Partition partition) {
        return outbox.streamKey(partition);
    }

    /** What a script needs to notify others: wake channel, partition and signal channel. */
    List<String> listeners(Partition partition) {
        return List.of(outbox.wakeChannel(), Integer.toString(partition.number()), keys.signals());
    }

    /** Redis stores milliseconds; a value returned now should equal the value that is read later. */
    Instant now() {
        return clock.instant().truncatedTo(MILLIS);
    }

    @SafeVarargs
    static List<String> concat(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
