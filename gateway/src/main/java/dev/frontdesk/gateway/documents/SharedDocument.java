package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersion;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

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
    private final Scheduler worker;
    private final Consumer<GatewayDocument> use;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final Sinks.Many<Boolean> wanted = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable GatewayDocument latest;
    private volatile @Nullable Unusable unusable;
    private volatile @Nullable GatewayDocumentVersion told;
    private volatile boolean lost;

    /** Whether registration-service has told this process that it has the one in use, or had it. */
    private boolean confirmed;

    private record Unusable(GatewayDocument document, String reason) {}

    /**
     * @param worker where documents are checked, which takes long for large ones
     * @param use gets each later version, one after the other; what it throws is logged, and it keeps the version it has
     */
    SharedDocument(
            String name,
            StoredDocuments stored,
            CopiedDocuments copied,
            Scheduler worker,
            Consumer<GatewayDocument> use) {
        super("Reading the document " + name);
        this.name = name;
        this.stored = stored;
        this.copied = copied;
        this.worker = worker;
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

    /** Why a later version can't be used; null if none is such. */
    @Nullable String whyOutdated() {
        Unusable version = unusable;
        return version == null ? null : version.reason();
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
                .publishOn(worker)
                .doOnNext(document -> use(document, null));
    }

    /**
     * As registration-service has it now. If it has lost the document, version 0 with the content of the one in use: what is made
     * from that stores it again.
     */
    public Mono<GatewayDocument> current() {
        return read().map(document -> {
            GatewayDocument used = latest();
            return isLoss(document) ? new GatewayDocument(name, 0, used.content(), used.changedAt()) : document;
        });
    }

    /** Empty if it is not stored any more. */
    public Mono<GatewayDocument> version(long version) {
        return stored.version(name, version);
    }

    /** The versions that are still stored, the latest first. */
    public Mono<GatewayDocumentVersions> versions() {
        return stored.versions(name);
    }

    /** Whether registration-service has none, and the one that is used is kept. */
    public boolean isLost() {
        return lost;
    }

    /** The copy in Redis was just replaced by this version. */
    void tell(GatewayDocumentVersion version) {
        told = version;
        loadAgain();
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
     * Uses what registration-service has, if it is another version than the one in use. An older one may be an answer that was
     * overtaken by a change.
     *
     * @param outdated the one that an older one may replace, because registration-service was asked while it was in use; null if
     *     none may be replaced so
     */
    private synchronized void use(GatewayDocument document, @Nullable GatewayDocument outdated) {
        if (isLoss(document)) {
            reportLoss();
            return;
        }
        lost = false;
        GatewayDocument used = latest;
        if (used == null || isNewer(document, used) || (used == outdated && !isSame(document, used))) {
            tryToUse(document);
        }
        confirmed |= isSame(document, latest());
    }

    /**
     * Uses a copy that registration-service has not confirmed. The copy may be older than what registration-service has, or, for
     * some seconds after its database was restored from a backup, one that it has lost. What it has confirmed is therefore
     * replaced only by a newer one of which a message tells that the copy was just written.
     */
    private synchronized void useCopy(GatewayDocument document) {
        GatewayDocument used = latest;
        if (used == null) {
            tryToUse(document);
            return;
        }
        boolean isTold = GatewayDocumentVersion.of(document).equals(told);
        boolean isNewer = isNewer(document, used);
        if (!isSame(document, used) && (confirmed ? isTold && isNewer : isTold || isNewer)) {
            tryToUse(document);
        }
    }

    private void tryToUse(GatewayDocument document) {
        try {
            use.accept(document);
            latest = document;
            unusable = null;
            loaded.complete(null);
        } catch (RuntimeException wrong) {
            String reason = String.valueOf(wrong.getMessage());
            Unusable before = unusable;
            if (before == null || !isSame(before.document(), document)) {
                log.error(
                        "Version {} of the document {} can't be used, and {}: {}",
                        document.version(),
                        name,
                        latest == null ? "none is in use" : "the one before is kept",
                        reason);
            }
            unusable = new Unusable(document, reason);
        }
    }

    /** registration-service was connected to an empty or another database, or its table was emptied: nothing wants that. */
    private boolean isLoss(GatewayDocument document) {
        return document.version() == 0 && latest().version() > 0;
    }

    private void reportLoss() {
        if (!lost) {
            log.error(
                    "registration-service has no document {} any more. Version {} stays in use. Check its database",
                    name,
                    latest().version());
        }
        lost = true;
    }

    private static boolean isSame(GatewayDocument one, GatewayDocument other) {
        return GatewayDocumentVersion.of(one).equals(GatewayDocumentVersion.of(other));
    }

    private static boolean isNewer(GatewayDocument one, GatewayDocument other) {
        return GatewayDocumentVersion.of(one).isAfter(GatewayDocumentVersion.of(other));
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(beats(EVERY), wanted.asFlux()).onBackpressureLatest().concatMap(_ -> load(), 1);
    }

    private Mono<Void> load() {
        return read().doOnNext(_ -> recovered())
                .then()
                .onErrorResume(error -> copied.find(name)
                        .publishOn(worker)
                        .doOnNext(this::useCopy)
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
                .publishOn(worker)
                .flatMap(document -> !isLoss(document) && isNewer(latest(), document)
                        ? readAgain(latest())
                        : Mono.just(document).doOnNext(it -> use(it, null)));
    }

    private Mono<GatewayDocument> readAgain(GatewayDocument used) {
        return stored.find(name).publishOn(worker).doOnNext(document -> {
            if (!isLoss(document) && isNewer(used, document)) {
                log.warn(
                        "registration-service has version {} of the document {}, older than the one in use; using it",
                        document.version(),
                        name);
            }
            use(document, used);
        });
    }
}
