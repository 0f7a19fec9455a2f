package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
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
    private @Nullable GatewayDocument latest;
    private @Nullable GatewayDocument unusable;

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

    /** Completes once the document, or that there is none, was read for the first time. */
    public CompletableFuture<Void> loaded() {
        return loaded.copy();
    }

    /** Whether it is known what the document says, or that there is none. */
    public boolean isKnown() {
        return loaded.isDone();
    }

    /** Whether a later version can't be used by this gateway. */
    public synchronized boolean isOutdated() {
        return unusable != null;
    }

    /** The one that is used; version 0 if none was stored or read yet. */
    public synchronized GatewayDocument latest() {
        return latest == null ? GatewayDocument.none(name) : latest;
    }

    /**
     * Stores a new version and uses it at once.
     *
     * @param basedOn the version that the content was made from
     * @return fails with 409 if the document has another version by now
     */
    public Mono<GatewayDocument> replace(long basedOn, String content) {
        return stored.replace(name, new GatewayDocumentChange(basedOn, content)).doOnNext(this::heard);
    }

    /** As registration-service has it now. */
    public Mono<GatewayDocument> current() {
        return stored.find(name).doOnNext(this::heard);
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

    /** Uses the document if it is later than the one that is used. */
    synchronized void heard(GatewayDocument document) {
        if (latest != null && document.version() <= latest.version()) {
            return;
        }
        try {
            use.accept(document);
            latest = document;
            unusable = null;
        } catch (RuntimeException wrong) {
            if (unusable == null || unusable.version() != document.version()) {
                log.error(
                        "Version {} of the document {} can't be used, and the one before is kept: {}",
                        document.version(),
                        name,
                        wrong.getMessage());
            }
            unusable = document;
        }
        loaded.complete(null);
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(beats(EVERY), wanted.asFlux()).onBackpressureLatest().concatMap(_ -> load(), 1);
    }

    private Mono<Void> load() {
        return stored.find(name)
                .doOnNext(this::heard)
                .doOnNext(_ -> recovered())
                .then()
                .onErrorResume(error -> copied.find(name)
                        .doOnNext(this::heard)
                        .onErrorResume(this::reported)
                        .then(this.<Void>reported(error))
                        .then(Mono.delay(AGAIN_AFTER))
                        .doOnNext(_ -> loadAgain())
                        .then());
    }
}
