package dev.frontdesk.gateway.documentation;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.applications.ApplicationRoutes;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /docs}, the documents that it shows, and its scripts and style sheets. */
@RestController
final class DocumentationController {

    /** No inline script or style, nothing from other hosts, and no frame; Swagger UI has icons as data URLs. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /** Stored, but compared by its entity tag each time. */
    private static final CacheControl REVALIDATED = CacheControl.noCache();

    private final Documentation documentation;
    private final ApplicationRoutes applications;

    DocumentationController(Documentation documentation, ApplicationRoutes applications) {
        this.documentation = documentation;
        this.applications = applications;
    }

    @GetMapping("/docs")
    Mono<ResponseEntity<byte[]>> page(ServerHttpRequest request) {
        return documentation
                .page()
                .map(page -> page.with(applications.documentsAt(request.getURI())))
                .map(file -> file.response(REVALIDATED)
                        .header("Content-Security-Policy", POLICY)
                        .body(file.content()));
    }

    @GetMapping("/docs/openapi.yaml")
    Mono<ResponseEntity<byte[]>> openApi() {
        return documentation.openApi().map(DocumentationController::revalidated);
    }

    @GetMapping("/docs/openapi.json")
    Mono<ResponseEntity<byte[]>> openApiAsJson() {
        return documentation.openApiAsJson().map(DocumentationController::revalidated);
    }

    @GetMapping("/docs/asyncapi.yaml")
    Mono<ResponseEntity<byte[]>> asyncApi() {
        return documentation.asyncApi().map(DocumentationController::revalidated);
    }

    private static ResponseEntity<byte[]> revalidated(StaticFile file) {
        return file.response(REVALIDATED).body(file.content());
    }

    @GetMapping("/docs/assets/{version}/{name}")
    Mono<ResponseEntity<byte[]>> asset(@PathVariable String version, @PathVariable String name) {
        return documentation
                .assets()
                .mapNotNull(assets -> assets.find(version, name))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "File not found. Reload the page that refers to it.")))
                .map(file -> file.response(FOR_EVER).body(file.content()));
    }
}
