package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Counting over HTTP. */
@RestController
class IncrementController {

    private final EntryChanges changes;
    private final KnownNamespaces namespaces;

    IncrementController(EntryChanges changes, KnownNamespaces namespaces) {
        this.changes = changes;
        this.namespaces = namespaces;
    }

    /**
     * @param amount what to add, 1 if it is missing
     * @param ttlSeconds of an entry that does not exist yet
     */
    record IncrementRequest(@Nullable Long amount, @Nullable Long ttlSeconds) {}

    record IncrementResponse(long value, boolean created) {}

    @PostMapping("/api/v1/cache/{namespace}/{key}/increment")
    Mono<ResponseEntity<IncrementResponse>> increment(
            Caller caller,
            @PathVariable String namespace,
            @PathVariable String key,
            ServerHttpRequest request,
            @RequestBody IncrementRequest wanted) {
        var name = EntryPath.name(namespace, key, request);
        long amount = wanted.amount() == null ? 1 : wanted.amount();
        var owner = Owner.of(caller);
        return namespaces
                .of(owner.tenant(), name.namespace())
                .map(settings -> Retention.of(owner, settings.ttlOrDefault(wanted.ttlSeconds()), settings))
                .flatMap(retention -> changes.increment(owner, name, amount, retention))
                .map(result -> switch (result) {
            case EntryChanges.Incremented.Done done ->
                ResponseEntity.ok().eTag(done.tag()).body(new IncrementResponse(done.number(), done.created()));
            case EntryChanges.Incremented.NotANumber _ ->
                throw conflict("The entry is not a whole number of 64 bits. Nothing was changed.");
            case EntryChanges.Incremented.Overflow _ ->
                throw conflict("The sum has more than 64 bits. Nothing was changed.");
            case EntryChanges.Incremented.Full _ -> throw EntryResponses.full();
        });
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }
}
