package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads all tenants: at the start, when changes may have been missed, and every minute in case a change was lost. They
 * come from registration-service, or from the copy in Redis if that does not answer.
 */
final class TenantLoader extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

    private final TenantDirectory directory;
    private final TenantCopy copy;
    private final KnownTenants known;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final Sinks.Many<Boolean> wanted = Sinks.many().multicast().directBestEffort();

    TenantLoader(TenantDirectory directory, TenantCopy copy, KnownTenants known) {
        super("Reading the tenants");
        this.directory = directory;
        this.copy = copy;
        this.known = known;
    }

    /** Completes once all tenants were read for the first time. */
    CompletableFuture<Void> loaded() {
        return loaded.copy();
    }

    /** Never blocks and never fails; may be called on any thread. */
    void loadAgain() {
        wanted.emitNext(true, (_, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(beats(EVERY), wanted.asFlux()).onBackpressureLatest().concatMap(_ -> load(), 1);
    }

    /**
     * Only registration-service knows for sure which tenants do not exist: after its copy, it is asked again, and until it
     * answers, an unknown tenant gets 503.
     */
    private Mono<Void> load() {
        return addAll(directory.all())
                .doOnSuccess(_ -> {
                    known.areComplete();
                    loaded.complete(null);
                    recovered();
                })
                .onErrorResume(error -> addAll(copy.all())
                        .doOnSuccess(_ -> loaded.complete(null))
                        .then(this.<Void>reported(error))
                        .onErrorResume(this::reported)
                        .then(Mono.delay(AGAIN_AFTER))
                        .doOnNext(_ -> loadAgain())
                        .then());
    }

    private Mono<Void> addAll(Flux<TenantRecord> tenants) {
        return tenants.doOnNext(known::add).then();
    }
}
