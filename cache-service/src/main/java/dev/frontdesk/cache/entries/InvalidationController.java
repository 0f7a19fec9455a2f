package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Cache invalidation over HTTP: of a namespace, and by tag. */
@RestController
@RequestMapping("/api/v1/cache/{namespace}")
class InvalidationController {

    private final EntryChanges changes;

    InvalidationController(EntryChanges changes) {
        this.changes = changes;
    }

    /** @param tags null for the whole namespace */
    record InvalidationRequest(@Nullable List<@Nullable String> tags) {

        /** Empty for the whole namespace, which an empty list does not name: it may come from an error of the client. */
        Set<String> checkedTags() {
            if (tags == null) {
                return Set.of();
            }
            if (tags.isEmpty() || !EntryTags.areTags(tags)) {
                throw ProblemException.invalid("tags", EntryTags.EXPECTED + "; leave it out for all entries");
            }
            return Set.copyOf(tags);
        }
    }

    @PostMapping("/invalidate")
    Mono<ResponseEntity<Void>> invalidate(
            Caller caller,
            @PathVariable String namespace,
            ServerHttpRequest request,
            @RequestBody InvalidationRequest wanted) {
        String checked = EntryPath.namespace(namespace, request);
        return changes.invalidate(Owner.of(caller), checked, wanted.checkedTags())
                .thenReturn(ResponseEntity.noContent().build());
    }
}
