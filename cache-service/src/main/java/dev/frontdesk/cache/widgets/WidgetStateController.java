package dev.frontdesk.cache.widgets;

import dev.frontdesk.cache.entries.Entries;
import dev.frontdesk.cache.entries.EntrySource.Read;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.cache.entries.EntryChanges;
import dev.frontdesk.cache.entries.EntryChanges.Written;
import dev.frontdesk.cache.entries.EntryResponses;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.entries.Preconditions;
import dev.frontdesk.kit.identity.Caller;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The state of a widget over HTTP. */
@RestController
@RequestMapping("/api/v1/widgets/{id}/state")
class WidgetStateController {

    private final Entries entries;
    private final EntryChanges changes;
    private final WidgetStates states;
    private final WidgetsProperties properties;
    private final JsonMapper json;

    WidgetStateController(
            Entries entries,
            EntryChanges changes,
            WidgetStates states,
            WidgetsProperties properties,
            JsonMapper json) {
        this.entries = entries;
        this.changes = changes;
        this.states = states;
        this.properties = properties;
        this.json = json;
    }

    /** Replaces the whole state. Returns 201 for a new one and 204 for a replaced one. */
    @PutMapping
    Mono<Void> put(
            Caller caller,
            @PathVariable String id,
            @RequestBody StateRequest state,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        var name = WidgetName.state(request, id);
        var conditions = Preconditions.of(request.getHeaders());
        return states.replace(Owner.of(caller), name, state.checked(json), conditions)
                .flatMap(changed -> EntryResponses.written(
                        response, changed.state(), changed.created() ? Written.CREATED : Written.REPLACED));
    }

    /**
     * Changes fields (RFC 7396, but a field is replaced as a whole). Also creates a state: if it answered 404, clients would have to
     * put a whole state after each expiry, and could overwrite each other's fields.
     */
    @PatchMapping
    Mono<Void> patch(
            Caller caller,
            @PathVariable String id,
            @RequestBody StateRequest patch,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        var name = WidgetName.state(request, id);
        var conditions = Preconditions.of(request.getHeaders());
        return states.patch(Owner.of(caller), name, patch.checked(json), conditions)
                .map(changed -> Read.of(new Held(changed.state(), properties.stateTtl(), null)))
                .flatMap(read -> EntryResponses.found(response, read, Preconditions.NONE));
    }

    @GetMapping
    Mono<Void> get(
            Caller caller, @PathVariable String id, ServerHttpRequest request, ServerHttpResponse response) {
        var conditions = Preconditions.of(request.getHeaders());
        return entries.find(Owner.of(caller), WidgetName.state(request, id))
                .switchIfEmpty(Mono.error(WidgetResponses::missingState))
                .flatMap(held -> EntryResponses.found(response, Read.of(held), conditions));
    }

    @DeleteMapping
    Mono<ResponseEntity<Void>> delete(Caller caller, @PathVariable String id, ServerHttpRequest request) {
        var conditions = Preconditions.of(request.getHeaders());
        return changes.delete(Owner.of(caller), WidgetName.state(request, id), conditions)
                .map(deleted -> WidgetResponses.deleted(deleted, WidgetResponses::missingState));
    }
}
