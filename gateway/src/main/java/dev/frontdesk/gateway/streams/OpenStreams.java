package dev.frontdesk.gateway.streams;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Sockets and streams to applications that are open, by their callers. A request is checked once, when it begins; these last
 * longer than the answer of that check may be believed.
 */
@Component
public final class OpenStreams {

    /** Longer than a route may wait for a response: most streams open sooner after their caller was identified. */
    private static final Duration REMEMBERED = Duration.ofMinutes(11);

    private static final int MOST_REMEMBERED = 100_000;

    /** Not all clients come back at once. */
    private static final Duration SPREAD = Duration.ofSeconds(30);

    private final Map<Object, Set<Stream>> all = new ConcurrentHashMap<>();

    /** What {@link System#nanoTime} was when revocations may have been missed last; null if that never happened. */
    private volatile @Nullable Long missedAt;

    /** For streams that open while their caller is revoked. */
    private final Cache<Object, End> ends = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    /**
     * The last end, and the one that the session which it kept has seen before.
     *
     * @param kept a session that goes on; null for none
     * @param keptEndedAt when the kept session was ended before; null if it was not
     */
    private record End(
            long at, @Nullable UUID kept, @Nullable Long keptEndedAt) {

        static End after(@Nullable End former, @Nullable UUID kept) {
            return new End(System.nanoTime(), kept, former == null || kept == null ? null : former.of(kept));
        }

        boolean includes(@Nullable UUID session) {
            return kept == null || !kept.equals(session);
        }

        /** When the session was ended last; null if it was not. */
        @Nullable Long of(@Nullable UUID session) {
            return includes(session) ? Long.valueOf(at) : keptEndedAt;
        }

        boolean isAfter(long identified, @Nullable UUID session) {
            Long ended = of(session);
            return ended != null && ended - identified > 0;
        }
    }

    /** By identity. */
    private static final class Stream {

        private final @Nullable UUID session;
        private final Sinks.Empty<Void> ended = Sinks.empty();

        Stream(@Nullable UUID session) {
            this.session = session;
        }
    }

    /**
     * Completes when the caller may no longer call; registered from subscription to cancellation or completion. If a revocation
     * since then could be unknown, it completes within half a minute.
     *
     * @param identified what {@link System#nanoTime} was before the caller was identified
     */
    public Mono<Void> ended(Caller caller, long identified) {
        List<Object> keys = keysOf(caller);
        return Mono.defer(() -> {
            var stream = new Stream(caller instanceof Caller.Account account ? account.sessionId() : null);
            keys.forEach(key -> add(key, stream));
            keys.stream()
                    .map(ends::getIfPresent)
                    .filter(end -> end != null && end.isAfter(identified, stream.session))
                    .forEach(_ -> stream.ended.tryEmitEmpty());
            if (keys.size() > 1 && mayHaveMissed(identified)) {
                endSoon(stream);
            }
            return stream.ended.asMono().doFinally(_ -> keys.forEach(key -> remove(key, stream)));
        });
    }

    /** As after a large upload. */
    private boolean mayHaveMissed(long identified) {
        Long missed = missedAt;
        return System.nanoTime() - identified > REMEMBERED.toNanos() || (missed != null && missed - identified > 0);
    }

    private static void endSoon(Stream stream) {
        Schedulers.parallel()
                .schedule(
                        stream.ended::tryEmitEmpty,
                        ThreadLocalRandom.current().nextLong(SPREAD.toMillis()),
                        TimeUnit.MILLISECONDS);
    }

    private static List<Object> keysOf(Caller caller) {
        var keys = new ArrayList<Object>();
        keys.add(caller.tenant());
        if (caller instanceof Caller.Account account) {
            keys.add(account.sessionId());
            keys.add(account.accountId());
        }
        Caller.ApiKey key = caller.apiKey();
        if (key != null) {
            keys.add(key.id());
        }
        return keys;
    }

    private void add(Object key, Stream stream) {
        all.compute(key, (_, open) -> {
            Set<Stream> streams = open == null ? ConcurrentHashMap.newKeySet() : open;
            streams.add(stream);
            return streams;
        });
    }

    private void remove(Object key, Stream stream) {
        all.computeIfPresent(key, (_, open) -> {
            open.remove(stream);
            return open.isEmpty() ? null : open;
        });
    }

    public void endSession(UUID session) {
        end(session, null);
    }

    /** @param kept the session whose streams go on; null for none */
    public void endSessionsOf(UUID account, @Nullable UUID kept) {
        end(account, kept);
    }

    /** After any change of the key: a client that connects again is checked anew. */
    public void endThoseOfKey(UUID key) {
        end(key, null);
    }

    public void endThoseOfTenant(TenantId tenant) {
        end(tenant, null);
    }

    private void end(Object key, @Nullable UUID kept) {
        End end = requireNonNull(ends.asMap().compute(key, (_, former) -> End.after(former, kept)));
        Set<Stream> open = all.get(key);
        if (open != null) {
            // Not on the thread that heard of it, which has others to tell.
            open.stream()
                    .filter(stream -> end.includes(stream.session))
                    .forEach(stream -> Schedulers.parallel().schedule(stream.ended::tryEmitEmpty));
        }
    }

    /** After revocations may have been missed: those of callers with a credential, spread over half a minute. */
    public void endAllSoon() {
        missedAt = System.nanoTime();
        all.forEach((key, streams) -> {
            if (key instanceof UUID) {
                streams.forEach(OpenStreams::endSoon);
            }
        });
    }

    /** How many callers, sessions, keys and tenants have one; for tests. */
    int size() {
        return all.size();
    }
}
