package dev.frontdesk.cache.namespaces;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.caching.SingleFlight;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The settings of namespaces in memory, by tenant. They are read at the first use, after an announced change, and again after some
 * seconds; until then, and while Redis is away, the former ones hold.
 */
@Component
public class KnownNamespaces {

    private static final Logger log = LoggerFactory.getLogger(KnownNamespaces.class);

    private static final int MOST_TENANTS = 10_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final StoredNamespaces stored;
    private final SettingsParser parser;
    private final SettingsResealing resealing;
    private final Clock clock;
    private final long refreshMillis;
    private final Cache<TenantId, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterAccess(KEPT)
            .build();
    private final SingleFlight<TenantId, Known> readings = new SingleFlight<>(this::read);

    /** Counts the times at which changes may have been missed. */
    private final AtomicLong missed = new AtomicLong();

    private final AtomicLong readingsBegun = new AtomicLong();

    KnownNamespaces(
            StoredNamespaces stored,
            SettingsParser parser,
            SettingsResealing resealing,
            NamespacesProperties properties,
            Clock clock) {
        this.stored = stored;
        this.parser = parser;
        this.resealing = resealing;
        this.clock = clock;
        this.refreshMillis = properties.refresh().toMillis();
    }

    /** @param order in which the readings began */
    private record Known(Map<String, NamespaceSettings> own, long readAt, long order, long missed) {}

    /** Completes at once if the settings of the tenant are known. */
    public Mono<NamespaceSettings> of(TenantId tenant, String namespace) {
        NamespaceSettings now = known(tenant, namespace);
        return now != null ? Mono.just(now) : readings.find(tenant).map(read -> settings(read, namespace));
    }

    /** Null if the settings of the tenant have not been read yet. */
    public @Nullable NamespaceSettings known(TenantId tenant, String namespace) {
        Known last = known.getIfPresent(tenant);
        if (last == null) {
            return null;
        }
        if (clock.millis() - last.readAt() >= refreshMillis || last.missed() != missed.get()) {
            refresh(tenant);
        }
        return settings(last, namespace);
    }

    private NamespaceSettings settings(Known last, String namespace) {
        NamespaceSettings own = last.own().get(namespace);
        return own != null ? own : parser.defaultsOf(namespace);
    }

    /** After a change, or when a change that was not announced yet may matter. */
    public Mono<Void> readAgain(TenantId tenant) {
        readings.outdate(tenant);
        return readings.find(tenant).then();
    }

    /** A change was announced. */
    void changed(TenantId tenant) {
        if (known.getIfPresent(tenant) != null || readings.isUnderWay(tenant)) {
            readings.outdate(tenant);
            refresh(tenant);
        }
    }

    void mayHaveMissed() {
        missed.incrementAndGet();
    }

    private void refresh(TenantId tenant) {
        readings.find(tenant)
                .subscribe(
                        _ -> {},
                        error -> log.debug("The cache settings of {} could not be read: {}", tenant, error.toString()));
    }

    private Mono<Known> read(TenantId tenant) {
        long before = missed.get();
        long now = clock.millis();
        long order = readingsBegun.incrementAndGet();
        return stored.all(tenant)
                .delayUntil(texts -> resealing.reseal(tenant, texts))
                .map(texts -> parsed(tenant, texts, now, order, before))
                .doOnNext(read -> known.asMap()
                        .merge(tenant, read, (last, next) -> next.order() > last.order() ? next : last));
    }

    private Known parsed(TenantId tenant, Map<String, String> texts, long now, long order, long before) {
        var own = new HashMap<String, NamespaceSettings>();
        texts.forEach((namespace, text) -> own.put(namespace, parser.parse(tenant, namespace, text)));
        return new Known(own, now, order, before);
    }
}
