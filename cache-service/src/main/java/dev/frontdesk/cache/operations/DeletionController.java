package dev.frontdesk.cache.operations;

import dev.frontdesk.cache.entries.EntryPath;
import dev.frontdesk.cache.entries.EntryUsage;
import dev.frontdesk.cache.entries.GlobPattern;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.entries.PatternDeletion;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Deletes entries by a pattern of keys: within the request, or as an operation if the namespace is large. */
@RestController
class DeletionController {

    private final PatternDeletion deletion;
    private final EntryUsage usage;
    private final Operations operations;
    private final long deletionsFrom;

    DeletionController(
            PatternDeletion deletion, EntryUsage usage, Operations operations, OperationsProperties properties) {
        this.deletion = deletion;
        this.usage = usage;
        this.operations = operations;
        this.deletionsFrom = properties.deletionsFrom();
    }

    record DeletionResponse(long deleted) {}

    @DeleteMapping("/api/v1/cache/{namespace}")
    Mono<ResponseEntity<?>> delete(
            Caller caller,
            @PathVariable String namespace,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String pattern) {
        String checked = EntryPath.namespace(namespace, request);
        if (pattern == null) {
            throw ProblemException.invalid("pattern", "is required");
        }
        Owner owner = Owner.of(caller);
        var parsed = GlobPattern.of(pattern);
        Mono<ResponseEntity<?>> now =
                deletion.delete(owner, checked, parsed).map(deleted -> ResponseEntity.ok(new DeletionResponse(deleted)));
        // An account has what its quota allows in one partition, and no operations.
        return owner instanceof Owner.Application
                ? usage.of(owner.tenant(), checked)
                        .flatMap(has -> has.keys() > deletionsFrom
                                ? operations
                                        .start(NewOperation.deletion(owner.tenant(), checked, pattern, has.keys()))
                                        .map(OperationResponse::accepted)
                                : now)
                : now;
    }
}
