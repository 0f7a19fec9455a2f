package dev.frontdesk.gateway.streams;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sockets and streams to applications that are open, by their callers. A request is checked once, when it begins; these last
 * longer than the answer of that check may be believed.
 */
@Component
public final class OpenStreams {

    private final Map<Object, Set<Stream>> all = new ConcurrentHashMap<>();

    /** By identity. */
    private static final class Stream {

        private final @Nullable UUID session;
        private final Sinks.Empty<Void> ended = Sinks.empty();

        Stream(@Nullable UUID session) {
            this.session = session;
        }
    }

    /** Completes when the caller may no longer call; registered from subscription to cancellation or completion. */
    public Mono<Void> ended(Caller caller) {
        List<Object> keys = keysOf(caller);
        return Mono.defer(() -> {
            var stream = new Stream(caller instanceof Caller.Account account ? account.sessionId() : null);
            keys.forEach(key -> all.compute(key, (_, open) -> {
                Set<Stream> streams = open == null ? ConcurrentHashMap.newKeySet() : open;
                streams.add(stream);
                return streams;
            }));
            return stream.ended.asMono().doFinally(_ -> keys.forEach(key -> remove(key, stream)));
        });
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

    private void remove(Object key, Stream stream) {
        all.computeIfPresent(key, (_, open) -> {
            open.remove(stream);
            return open.isEmpty() ? null : open;
        });
    }

    public void endSession(UUID session) {
        end(session, _ -> true);
    }

    /** @param kept the session whose streams go on; null for none */
    public void endSessionsOf(UUID account, @Nullable UUID kept) {
        end(account, stream -> kept == null || !kept.equals(stream.session));
    }

    /** After any change of the key: who connects again is checked anew. */
    public void endThoseOfKey(UUID key) {
        end(key, _ -> true);
    }

    public void endThoseOfTenant(TenantId tenant) {
        end(tenant, _ -> true);
    }

    private void end(Object key, Predicate<Stream> which) {
        Set<Stream> open = all.get(key);
        if (open != null) {
            open.stream().filter(which).forEach(stream -> stream.ended.tryEmitEmpty());
        }
    }

    /** How many callers, sessions, keys and tenants have one; for tests. */
    int size() {
        return all.size();
    }
}
