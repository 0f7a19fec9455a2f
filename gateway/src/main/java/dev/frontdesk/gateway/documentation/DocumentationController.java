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

    private final DocumentationPage page;
    private final PackedDocuments documents;
    private final PageAssets assets;
    private final ApplicationRoutes applications;

    DocumentationController(
            DocumentationPage page, PackedDocuments documents, PageAssets assets, ApplicationRoutes applications) {
        this.page = page;
        this.documents = documents;
        this.assets = assets;
        this.applications = applications;
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page(ServerHttpRequest request) {
        StaticFile file = page.with(applications.documentsAt(request.getURI()));
        return file.response(REVALIDATED)
                .header("Content-Security-Policy", POLICY)
                .body(file.content());
    }

    @GetMapping("/docs/openapi.yaml")
    ResponseEntity<byte[]> openApi() {
        return revalidated(documents.openApi());
    }

    @GetMapping("/docs/openapi.json")
    ResponseEntity<byte[]> openApiAsJson() {
        return revalidated(documents.openApiAsJson());
    }

    @GetMapping("/docs/asyncapi.yaml")
    ResponseEntity<byte[]> asyncApi() {
        return revalidated(documents.asyncApi());
    }

    private static ResponseEntity<byte[]> revalidated(StaticFile file) {
        return file.response(REVALIDATED).body(file.content());
    }

    @GetMapping("/docs/assets/{version}/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String version, @PathVariable String name) {
        StaticFile file = assets.find(version, name);
        if (file == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "File not found. Reload the page that refers to it.");
        }
        return file.response(FOR_EVER).body(file.content());
    }
}
