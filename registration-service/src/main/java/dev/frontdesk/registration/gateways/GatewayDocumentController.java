package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code /internal/gateway-documents}: gateways read and change what all of them share. */
@RestController
@RequestMapping(GatewayDocument.PATH + "/{name}")
final class GatewayDocumentController {

    private static final String GATEWAY = "gateway";

    private final GatewayDocuments documents;
    private final GatewayDocumentCopies copies;
    private final JsonMapper json;

    GatewayDocumentController(GatewayDocuments documents, GatewayDocumentCopies copies, JsonMapper json) {
        this.documents = documents;
        this.copies = copies;
        this.json = json;
    }

    /** {@link GatewayDocumentChange} before its fields are checked. */
    record ChangeRequest(@Nullable Long basedOn, @Nullable String content) {

        /** Without the content, which may hold keys. */
        @Override
        public String toString() {
            return "ChangeRequest[basedOn=" + basedOn + "]";
        }
    }

    @GetMapping
    Mono<ResponseEntity<GatewayDocument>> show(@PathVariable String name, Caller.Service caller) {
        requireGateway(caller);
        DocumentName document = named(name);
        return documents
                .latest(document)
                .defaultIfEmpty(GatewayDocument.none(document.text()))
                .map(GatewayDocumentController::fresh);
    }

    @PutMapping
    Mono<ResponseEntity<GatewayDocument>> change(
            @PathVariable String name, @RequestBody ChangeRequest request, Caller.Service caller) {
        requireGateway(caller);
        var fields = new FieldReader();
        Long basedOn = request.basedOn();
        if (basedOn == null) {
            fields.refuse("based_on", "is required");
        }
        fields.range("based_on", basedOn, 0, Long.MAX_VALUE - 1);
        var content = fields.required("content", request.content(), text -> DocumentContent.read(text, json));
        fields.check();
        DocumentName document = named(name);
        return documents
                .change(document, basedOn == null ? 0 : basedOn, content.orElseThrow())
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        "The document has another version by now. Read it again and repeat the change.")))
                .delayUntil(_ -> copies.changed(document))
                .map(GatewayDocumentController::fresh);
    }

    @GetMapping("/versions")
    Mono<ResponseEntity<GatewayDocumentVersions>> versions(@PathVariable String name, Caller.Service caller) {
        requireGateway(caller);
        return documents.versions(named(name)).map(GatewayDocumentController::fresh);
    }

    @GetMapping("/versions/{version}")
    Mono<ResponseEntity<GatewayDocument>> version(
            @PathVariable String name, @PathVariable long version, Caller.Service caller) {
        requireGateway(caller);
        return documents
                .version(named(name), version)
                .switchIfEmpty(Mono.error(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "This version of the document is not stored.")))
                .map(GatewayDocumentController::fresh);
    }

    private static DocumentName named(String name) {
        return DocumentName.named(name)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "Gateway document not found."));
    }

    private static void requireGateway(Caller.Service caller) {
        if (!caller.name().equals(GATEWAY)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only gateways read and change their documents.");
        }
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
