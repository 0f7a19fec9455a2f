package dev.frontdesk.cache.widgets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.cache.entries.Entries;
import dev.frontdesk.cache.entries.Entry;
import dev.frontdesk.cache.entries.EntryChanges;
import dev.frontdesk.cache.entries.EntryResponses;
import dev.frontdesk.cache.entries.EntrySource.Read;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.entries.Preconditions;
import dev.frontdesk.cache.entries.Retention;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.StorableJson;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a widget shows, over HTTP: any JSON, for minutes. It is not the field {@code data} of the state. */
@RestController
@RequestMapping("/api/v1/widgets/{id}/data")
class WidgetDataController {

    private final Entries entries;
    private final EntryChanges changes;
    private final Duration ttl;

    WidgetDataController(Entries entries, EntryChanges changes, WidgetsProperties properties) {
        this.entries = entries;
        this.changes = changes;
        this.ttl = properties.dataTtl();
    }

    /** Returns 201 for new data and 204 for replaced ones. */
    @PutMapping
    Mono<Void> put(
            Caller caller,
            @PathVariable String id,
            @RequestBody StorableJson data,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        var name = WidgetName.data(request, id);
        var conditions = Preconditions.of(request.getHeaders());
        var entry = Entry.of(MediaType.APPLICATION_JSON_VALUE, data.text().getBytes(UTF_8));
        return changes.put(Owner.of(caller), name, entry, Retention.of(ttl), Set.of(), conditions)
                .flatMap(written -> EntryResponses.written(response, entry, written));
    }

    @GetMapping
    Mono<Void> get(
            Caller caller, @PathVariable String id, ServerHttpRequest request, ServerHttpResponse response) {
        var conditions = Preconditions.of(request.getHeaders());
        return entries.find(Owner.of(caller), WidgetName.data(request, id))
                .switchIfEmpty(Mono.error(WidgetResponses::missingData))
                .flatMap(held -> EntryResponses.found(response, Read.of(held), conditions));
    }

    @DeleteMapping
    Mono<ResponseEntity<Void>> delete(Caller caller, @PathVariable String id, ServerHttpRequest request) {
        var conditions = Preconditions.of(request.getHeaders());
        return changes.delete(Owner.of(caller), WidgetName.data(request, id), conditions)
                .map(deleted -> WidgetResponses.deleted(deleted, WidgetResponses::missingData));
    }
}
