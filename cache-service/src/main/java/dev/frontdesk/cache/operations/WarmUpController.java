package dev.frontdesk.cache.operations;

import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.EntryPath;
import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Loads entries of the application before they are read. */
@RestController
class WarmUpController {

    /** Of one request. */
    private static final int MOST = 1_000;

    private final Operations operations;
    private final KnownNamespaces namespaces;

    WarmUpController(Operations operations, KnownNamespaces namespaces) {
        this.operations = operations;
        this.namespaces = namespaces;
    }

    record WarmUpRequest(@Nullable List<@Nullable String> keys) {

        /** Without the keys, which can be private. */
        @Override
        public String toString() {
            return "WarmUpRequest";
        }
    }

    @PostMapping("/api/v1/cache/{namespace}/warm-up")
    Mono<ResponseEntity<OperationResponse>> warmUp(
            Caller caller,
            @PathVariable String namespace,
            ServerHttpRequest request,
            @RequestBody WarmUpRequest wanted) {
        var tenant = Administrators.tenantOf(caller);
        String checked = EntryPath.namespace(namespace, request);
        List<String> keys = keys(wanted.keys());
        return namespaces.of(tenant, checked).flatMap(settings -> {
            if (settings.origin() == null) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "The namespace has no origin to load entries from. Set one at /api/v1/cache-namespaces first.");
            }
            return operations
                    .start(NewOperation.warmUp(tenant, checked, keys))
                    .map(OperationResponse::accepted);
        });
    }

    private static List<String> keys(@Nullable List<@Nullable String> given) {
        if (given == null || given.isEmpty() || given.size() > MOST) {
            throw ProblemException.invalid("keys", "must have 1 to " + MOST + " elements");
        }
        var fields = new FieldReader();
        var keys = new LinkedHashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            fields.required("keys[" + i + "]", given.get(i), key -> {
                String wrong = EntryName.KEY.problemWith(key);
                if (wrong == null && !keys.add(key)) {
                    wrong = "is there twice";
                }
                if (wrong != null) {
                    throw new IllegalArgumentException(wrong);
                }
                return key;
            });
        }
        fields.check();
        return List.copyOf(keys);
    }
}
