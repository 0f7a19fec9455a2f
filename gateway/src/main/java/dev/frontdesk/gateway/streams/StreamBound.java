package dev.frontdesk.gateway.streams;

import dev.frontdesk.contracts.http.ProblemReason;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the sockets, event streams and long responses of applications that are open, in total and of one caller. Each occupies
 * a connection of its client and one to its server for as long as it lasts, and a limit on requests would let them add up.
 */
public final class StreamBound {

    private static final Logger log = LoggerFactory.getLogger(StreamBound.class);

    /** Streams last long. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Kind kind;
    private final int most;
    private final int perCaller;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Map<Object, Integer> byCaller = new ConcurrentHashMap<>();

    private record Identified(TenantId tenant, UUID id) {}

    /** What is bounded, each by itself. */
    public enum Kind {
        STREAMS("WebSockets and event streams"),
        RESPONSES("long responses");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** @param perCaller of one account, one API key, or one range of addresses for all callers without either */
    public StreamBound(Kind kind, int most, int perCaller, MeterRegistry meters) {
        this.kind = kind;
        this.most = most;
        this.perCaller = perCaller;
        Gauge.builder("frontdesk.gateway.streams.open", open, AtomicInteger::get)
                .description("WebSockets and event streams, or long responses, of applications that are open")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** A place that is not taken yet. */
    public StreamPlace place(@Nullable Caller caller, String range) {
        return new StreamPlace(this, keyOf(caller, range));
    }

    /** Callers without a credential choose their tenant themselves, so their address counts whatever they say. */
    private static Object keyOf(@Nullable Caller caller, String range) {
        return switch (caller) {
            case Caller.Account account -> new Identified(account.tenant(), account.accountId());
            case Caller.ApiKey key -> new Identified(key.tenant(), key.id());
            case Caller.Anonymous _, Caller.Operator _, Caller.Service _ -> range;
            case null -> range;
        };
    }

    /** @throws ProblemException 429 or 503 */
    void take(Object key) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw full();
        }
        if (byCaller.merge(key, 1, Integer::sum) > perCaller) {
            giveBack(key);
            throw tooManyOfCaller();
        }
    }

    /** What already goes on counts, but is not broken off. */
    void takeAnyway(Object key) {
        open.incrementAndGet();
        byCaller.merge(key, 1, Integer::sum);
    }

    /** @throws ProblemException 429 or 503, as {@link #take} would */
    void requireRoom(Object key) {
        if (open.get() >= most) {
            throw full();
        }
        if (byCaller.getOrDefault(key, 0) >= perCaller) {
            throw tooManyOfCaller();
        }
    }

    private ProblemException full() {
        if (full.compareAndSet(false, true)) {
            log.warn("{} {} of applications are open, more are refused with 503", most, kind.text);
        }
        return new ProblemException(
                        ProblemType.OVERLOADED, "Too many " + kind.text + " are open. Try again after Retry-After.")
                .retryAfter(RETRY_AFTER);
    }

    private ProblemException tooManyOfCaller() {
        return new ProblemException(
                        ProblemType.RATE_LIMITED,
                        "Too many " + kind.text + " of this caller are open. Close some of them.")
                .limited(ProblemReason.OPEN_STREAMS.text(), perCaller, perCaller)
                .retryAfter(RETRY_AFTER);
    }

    void giveBack(Object key) {
        byCaller.computeIfPresent(key, (_, streams) -> streams == 1 ? null : streams - 1);
        if (2 * open.decrementAndGet() <= most && full.get() && full.compareAndSet(true, false)) {
            log.info("There is room for {} of applications again", kind.text);
        }
    }
}
