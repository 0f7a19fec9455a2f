package dev.frontdesk.cache.entries;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.kit.direct.DirectHandler;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Callers;
import dev.frontdesk.kit.web.Takes;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Entries over HTTP. The path pattern matches everything after the namespace, so that a key with a slash is refused
 * with a reason, instead of as an unknown path.
 */
@RestController
@RequestMapping("/api/v1/cache/{namespace}/{*key}")
class EntryController {

    private static final String TTL = "ttl_seconds";

    private final EntrySource source;
    private final EntryChanges changes;
    private final EntryBodyReader entryBodyReader;
    private final KnownNamespaces namespaces;

    EntryController(
            EntrySource source, EntryChanges changes, EntryBodyReader entryBodyReader, KnownNamespaces namespaces) {
        this.source = source;
        this.changes = changes;
        this.entryBodyReader = entryBodyReader;
        this.namespaces = namespaces;
    }

    /**
     * Returns 201 for a new entry and 204 for a replaced one; 412 when {@code If-Match} or {@code If-None-Match} does
     * not hold.
     */
    @DirectHandler
    @Takes(query = EntryController.TTL, body = true)
    @PutMapping
    Mono<Void> put(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        var owner = ownerIn(exchange);
        var name = nameIn(exchange);
        var tags = EntryTags.in(request.getHeaders());
        var conditions = Preconditions.of(request.getHeaders());
        return namespaces.of(owner.tenant(), name.namespace()).flatMap(settings -> {
            var retention = Retention.of(owner, ttlIn(request, settings), settings);
            return entryBodyReader
                    .read(request)
                    .flatMap(entry -> changes.put(owner, name, entry, retention, tags, conditions)
                            .flatMap(written -> EntryResponses.written(exchange.getResponse(), entry, written)));
        });
    }

    @DirectHandler
    @GetMapping
    Mono<Void> get(ServerWebExchange exchange) {
        var conditions = Preconditions.of(exchange.getRequest().getHeaders());
        return source.find(ownerIn(exchange), nameIn(exchange))
                .switchIfEmpty(Mono.error(EntryResponses::missing))
                .flatMap(read -> EntryResponses.found(exchange.getResponse(), read, conditions));
    }

    /** Returns 204 if there was an entry, 404 if not; 412 as for {@code PUT}. */
    @DeleteMapping
    Mono<ResponseEntity<Void>> delete(
            Caller caller, @PathVariable String namespace, @PathVariable String key, ServerHttpRequest request) {
        return changes.delete(Owner.of(caller), name(namespace, key, request), Preconditions.of(request.getHeaders()))
                .map(deleted -> switch (deleted) {
                    case DELETED -> ResponseEntity.noContent().build();
                    case MISSING -> throw EntryResponses.missing();
                    case REFUSED -> throw EntryResponses.refused();
                });
    }

    private static Owner ownerIn(ServerWebExchange exchange) {
        return Owner.of(requireNonNull(Callers.of(exchange)));
    }

    private static EntryName nameIn(ServerWebExchange exchange) {
        Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return name(
                requireNonNull(variables.get("namespace")),
                requireNonNull(variables.get("key")),
                exchange.getRequest());
    }

    private static Duration ttlIn(ServerHttpRequest request, NamespaceSettings settings) {
        // Most requests have no query.
        var wanted = request.getURI().getRawQuery() == null
                ? null
                : request.getQueryParams().getFirst(TTL);
        return wanted == null ? settings.defaultTtl() : settings.ttl(wanted);
    }

    /** @param rest the key with the slash in front of it; empty if the path ends before */
    private static EntryName name(String namespace, String rest, ServerHttpRequest request) {
        return EntryPath.name(namespace, rest.isEmpty() ? "" : rest.substring(1), request);
    }
}
