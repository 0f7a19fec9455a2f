package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One document, kept up to date: read at the start, when a change is told or may have been missed, and every minute in case a
 * change was lost. It comes from registration-service, or from the copy in Redis if that does not answer.
 */
public final class SharedDocument extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(SharedDocument.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final StoredDocuments stored;
    private final CopiedDocuments copied;
    private final Consumer<GatewayDocument> use;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final Sinks.Many<Boolean> wanted = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable GatewayDocument latest;
    private volatile @Nullable GatewayDocument unusable;

    /** @param use gets each later version, one after the other; what it throws is logged, and it keeps the version it has */
    SharedDocument(String name, StoredDocuments stored, CopiedDocuments copied, Consumer<GatewayDocument> use) {
        super("Reading the document " + name);
        this.name = name;
        this.stored = stored;
        this.copied = copied;
        this.use = use;
    }

    public String name() {
        return name;
    }

    /** Completes once the document, or that there is none, was read for the first time and could be used. */
    public CompletableFuture<Void> loaded() {
        return loaded.copy();
    }

    /** Whether it is known what the document says, or that there is none. */
    public boolean isKnown() {
        return loaded.isDone();
    }

    /** Whether a gateway must not start if the document can't be used: a rollout would replace all those that can. */
    boolean isNeeded() {
        return name.equals(GatewayDocument.SIGNING_KEYS);
    }

    /** Whether a later version can't be used by this gateway. */
    public boolean isOutdated() {
        return unusable != null;
    }

    /** The one that is used; version 0 if none was stored or read yet. */
    public GatewayDocument latest() {
        GatewayDocument used = latest;
        return used == null ? GatewayDocument.none(name) : used;
    }

    /**
     * Stores a new version and uses it at once.
     *
     * @param basedOn the version that the content was made from
     * @return fails with 409 if the document has another version by now
     */
    public Mono<GatewayDocument> replace(long basedOn, String content) {
        return stored.replace(name, new GatewayDocumentChange(basedOn, content))
                .publishOn(Schedulers.parallel())
                .doOnNext(document -> use(document, null));
    }

    /** As registration-service has it now. */
    public Mono<GatewayDocument> current() {
        return read();
    }

    /** Empty if it is not stored any more. */
    public Mono<GatewayDocument> version(long version) {
        return stored.version(name, version);
    }

    /** The versions that are still stored, the latest first. */
    public Mono<GatewayDocumentVersions> versions() {
        return stored.versions(name);
    }

    /** Never blocks and never fails; may be called on any thread. */
    void loadAgain() {
        wanted.emitNext(true, (_, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
    }

    /** What Redis has; empty if it has none. */
    public Mono<GatewayDocument> copied() {
        return copied.find(name);
    }

    /**
     * Uses the document if it is another one than the one that is used. An older one may be an answer that was overtaken by a
     * change.
     *
     * @param outdated the one that an older one may replace, because registration-service was asked while it was in use; null if
     *     none may be replaced so
     */
    private synchronized void use(GatewayDocument document, @Nullable GatewayDocument outdated) {
        GatewayDocument used = latest;
        if (used != null && (isSame(used, document) || (isOlder(document) && used != outdated))) {
            return;
        }
        try {
            use.accept(document);
            latest = document;
            unusable = null;
            loaded.complete(null);
        } catch (RuntimeException wrong) {
            GatewayDocument before = unusable;
            if (before == null || !isSame(before, document)) {
                log.error(
                        "Version {} of the document {} can't be used, and the one before is kept: {}",
                        document.version(),
                        name,
                        wrong.getMessage());
            }
            unusable = document;
        }
    }

    /** A database that was restored from a backup gives the same numbers to other versions. */
    private static boolean isSame(GatewayDocument one, GatewayDocument other) {
        return one.version() == other.version() && Objects.equals(one.changedAt(), other.changedAt());
    }

    private boolean isOlder(GatewayDocument document) {
        return document.version() < latest().version();
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(beats(EVERY), wanted.asFlux()).onBackpressureLatest().concatMap(_ -> load(), 1);
    }

    private Mono<Void> load() {
        return read().doOnNext(_ -> recovered())
                .then()
                .onErrorResume(error -> copied.find(name)
                        .publishOn(Schedulers.parallel())
                        .doOnNext(document -> use(document, null))
                        .onErrorResume(this::reported)
                        .then(this.<Void>reported(error))
                        .then(Mono.delay(AGAIN_AFTER))
                        .doOnNext(_ -> loadAgain())
                        .then());
    }

    /**
     * An older version than the one in use is asked for again: the answer to that is what registration-service has, for example
     * after it was restored from a backup.
     */
    private Mono<GatewayDocument> read() {
        return stored.find(name)
                .publishOn(Schedulers.parallel())
                .flatMap(document -> isOlder(document)
                        ? readAgain(latest())
                        : Mono.just(document).doOnNext(it -> use(it, null)));
    }

    private Mono<GatewayDocument> readAgain(GatewayDocument used) {
        return stored.find(name).publishOn(Schedulers.parallel()).doOnNext(document -> {
            if (document.version() < used.version()) {
                log.warn(
                        "registration-service has version {} of the document {}, older than the one in use; using it",
                        document.version(),
                        name);
            }
            use(document, used);
        });
    }
}
