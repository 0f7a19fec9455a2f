package dev.frontdesk.cache.operations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Accepts, shows and cancels operations. */
@Component
class Operations {

    private final StoredOperations stored;
    private final OperationWorker worker;
    private final int maxOpen;

    Operations(StoredOperations stored, OperationWorker worker, OperationsProperties properties) {
        this.stored = stored;
        this.worker = worker;
        this.maxOpen = properties.maxOpenPerTenant();
    }

    Mono<Operation> start(NewOperation wanted) {
        return stored.create(wanted)
                .doOnNext(_ -> worker.wake())
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        "A tenant has at most " + maxOpen
                                + " operations that wait or run. Wait until one has ended, or cancel one.")));
    }

    Mono<List<Operation>> all(TenantId tenant) {
        return stored.all(tenant);
    }

    Mono<Operation> find(TenantId tenant, UUID id) {
        return stored.find(tenant, id).switchIfEmpty(Mono.error(Operations::missing));
    }

    Mono<Void> cancel(TenantId tenant, UUID id) {
        return stored.cancel(tenant, id).flatMap(result -> switch (result) {
            case CANCELLED -> Mono.empty();
            case ENDED -> Mono.error(new ProblemException(ProblemType.CONFLICT, "The operation has ended."));
            case MISSING -> Mono.error(missing());
        });
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "Operation not found. One that has ended is kept for a day.");
    }
}
