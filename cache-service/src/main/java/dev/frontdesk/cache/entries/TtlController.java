package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The time to live of one entry over HTTP. */
@RestController
@RequestMapping("/api/v1/cache/{namespace}/{key}/ttl")
class TtlController {

    /** As the command TTL of Redis answers it. Each entry has a time to live, so there is no -1. */
    private static final long MISSING = -2;

    private final Entries entries;
    private final EntryChanges changes;
    private final KnownNamespaces namespaces;

    TtlController(Entries entries, EntryChanges changes, KnownNamespaces namespaces) {
        this.entries = entries;
        this.changes = changes;
        this.namespaces = namespaces;
    }

    record TtlRequest(@Nullable Long ttlSeconds) {}

    record TtlResponse(long ttlSeconds) {}

    @GetMapping
    Mono<TtlResponse> show(
            Caller caller, @PathVariable String namespace, @PathVariable String key, ServerHttpRequest request) {
        return entries.remaining(Owner.of(caller), EntryPath.name(namespace, key, request))
                .map(Entries::secondsOf)
                .defaultIfEmpty(MISSING)
                .map(TtlResponse::new);
    }

    @PatchMapping
    Mono<TtlResponse> change(
            Caller caller,
            @PathVariable String namespace,
            @PathVariable String key,
            ServerHttpRequest request,
            @RequestBody TtlRequest wanted) {
        var name = EntryPath.name(namespace, key, request);
        Long seconds = wanted.ttlSeconds();
        if (seconds == null) {
            throw ProblemException.invalid("ttl_seconds", "is required");
        }
        var owner = Owner.of(caller);
        return namespaces
                .of(owner.tenant(), name.namespace())
                .map(settings -> settings.ttl(seconds))
                .flatMap(ttl -> changes.expire(owner, name, ttl).map(exists -> {
                    if (!exists) {
                        throw EntryResponses.missing();
                    }
                    return new TtlResponse(ttl.toSeconds());
                }));
    }
}
