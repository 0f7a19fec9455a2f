package dev.frontdesk.cache.namespaces;

import dev.frontdesk.cache.names.NamespaceName;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/cache-namespaces}: administrators read and change the settings of their tenant's namespaces. */
@RestController
@RequestMapping("/api/v1/cache-namespaces")
class NamespaceController {

    private final Namespaces namespaces;
    private final SettingsReader reader;

    NamespaceController(Namespaces namespaces, SettingsReader reader) {
        this.namespaces = namespaces;
        this.reader = reader;
    }

    record All(List<NamespaceResponse> namespaces) {}

    @GetMapping
    Mono<All> list(Caller caller) {
        return namespaces.all(Administrators.tenantOf(caller)).map(All::new);
    }

    /** Of a namespace without settings, the defaults. */
    @GetMapping("/{namespace}")
    Mono<NamespaceResponse> show(Caller caller, @PathVariable String namespace, ServerHttpRequest request) {
        return namespaces.find(Administrators.tenantOf(caller), NamespaceName.in(request, namespace));
    }

    @PutMapping("/{namespace}")
    Mono<ResponseEntity<NamespaceResponse>> put(
            Caller caller,
            @PathVariable String namespace,
            ServerHttpRequest request,
            @RequestBody SettingsRequest body) {
        var tenant = Administrators.tenantOf(caller);
        String name = NamespaceName.in(request, namespace);
        return namespaces
                .put(tenant, name, reader.read(body), body.origin())
                .flatMap(stored -> namespaces
                        .find(tenant, name)
                        .map(now -> ResponseEntity.status(
                                        stored == StoredNamespaces.Stored.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                                .body(now)));
    }

    /** Back to the defaults. Entries stay. */
    @DeleteMapping("/{namespace}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String namespace, ServerHttpRequest request) {
        return namespaces
                .delete(Administrators.tenantOf(caller), NamespaceName.in(request, namespace))
                .flatMap(deleted -> deleted
                        ? Mono.empty()
                        : Mono.error(
                                new ProblemException(ProblemType.NOT_FOUND, "The namespace has no settings of its own.")));
    }
}
