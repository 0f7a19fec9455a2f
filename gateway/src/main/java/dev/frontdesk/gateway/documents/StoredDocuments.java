package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** The documents as registration-service stores them. */
final class StoredDocuments {

    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final WebClient registrationService;
    private final IdentityAssertions assertions;

    StoredDocuments(WebClient registrationService, IdentityAssertions assertions) {
        this.registrationService = registrationService;
        this.assertions = assertions;
    }

    Mono<GatewayDocument> find(String name) {
        return get(GatewayDocument.class, "/" + name);
    }

    /** Empty if it is not stored any more. */
    Mono<GatewayDocument> version(String name, long version) {
        return get(GatewayDocument.class, "/" + name + "/versions/" + version)
                .onErrorResume(WebClientResponseException.NotFound.class, _ -> Mono.empty());
    }

    Mono<GatewayDocumentVersions> versions(String name) {
        return get(GatewayDocumentVersions.class, "/" + name + "/versions");
    }

    private <T> Mono<T> get(Class<T> type, String path) {
        return Mono.defer(() -> registrationService
                        .get()
                        .uri(GatewayDocument.PATH + path)
                        .header(Headers.IDENTITY, assertions.sign(GATEWAY))
                        .retrieve()
                        .bodyToMono(type))
                .timeout(TIMEOUT);
    }

    /** Fails with 409 if the document has another version by now. */
    Mono<GatewayDocument> replace(String name, GatewayDocumentChange change) {
        return Mono.defer(() -> registrationService
                        .put()
                        .uri(GatewayDocument.PATH + "/" + name)
                        .header(Headers.IDENTITY, assertions.sign(GATEWAY))
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(change)
                        .retrieve()
                        .onStatus(
                                HttpStatus.CONFLICT::equals,
                                _ -> Mono.error(new ProblemException(
                                        ProblemType.CONFLICT, "It was changed in the meantime. Read it again.")))
                        .bodyToMono(GatewayDocument.class))
                .timeout(TIMEOUT);
    }
}
