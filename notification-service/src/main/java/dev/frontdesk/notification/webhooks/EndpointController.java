package dev.frontdesk.notification.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.notification.outbound.OutboundClient;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/webhooks/endpoints}: administrators manage the endpoints that receive their application's webhooks.
 */
@RestController
@RequestMapping(EndpointController.PATH)
final class EndpointController {

    static final String PATH = "/api/v1/webhooks/endpoints";

    private final WebhookEndpoints endpoints;
    private final SigningSecrets secrets;
    private final OutboundClient sender;
    private final WebhookProperties properties;

    EndpointController(
            WebhookEndpoints endpoints, SigningSecrets secrets, OutboundClient sender, WebhookProperties properties) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.sender = sender;
        this.properties = properties;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<WebhookEndpoint> endpoints, @Nullable String nextCursor) {}

    /** @param secret returned only here */
    record WithSecret(@JsonUnwrapped WebhookEndpoint endpoint, String secret) {

        @Override
        public String toString() {
            return "WithSecret[" + endpoint.id() + "]";
        }
    }

    @PostMapping
    Mono<ResponseEntity<WithSecret>> add(@RequestBody EndpointDraft.Request request, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var draft = EndpointDraft.ofNew(request, sender);
        var id = UUID.randomUUID();
        var secret = SigningSecret.random();
        return endpoints
                .add(
                        tenant,
                        id,
                        draft,
                        secrets.seal(secret, WebhookEndpoint.secretOwner(id)),
                        properties.maxEndpoints())
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT, "A tenant has at most " + properties.maxEndpoints() + " endpoints.")))
                .map(added -> ResponseEntity.created(URI.create(PATH + "/" + id))
                        .cacheControl(CacheControl.noStore())
                        .body(new WithSecret(added, secret.text())));
    }

    @Takes(query = {"limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return endpoints
                .page(tenant, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> notStored(new Found(page.items(), page.nextCursor())));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<WebhookEndpoint>> show(@PathVariable UUID id, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return found(endpoints.find(tenant, id)).map(EndpointController::notStored);
    }

    @PatchMapping("/{id}")
    Mono<ResponseEntity<WebhookEndpoint>> change(
            @PathVariable UUID id, @RequestBody EndpointDraft.Request request, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var draft = EndpointDraft.ofChange(request, sender);
        return found(endpoints.change(tenant, id, draft)).map(EndpointController::notStored);
    }

    /** Waiting deliveries to the endpoint are not sent any more. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable UUID id, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return endpoints.delete(tenant, id).flatMap(deleted -> deleted ? Mono.empty() : Mono.error(notFound()));
    }

    /**
     * Requests are signed with both secrets for a while; the receiver can switch to the new one at any time in that
     * period.
     */
    @PostMapping("/{id}/rotate-secret")
    Mono<ResponseEntity<WithSecret>> rotate(@PathVariable UUID id, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var secret = SigningSecret.random();
        return found(endpoints.rotate(
                        tenant, id, secrets.seal(secret, WebhookEndpoint.secretOwner(id)), properties.secretOverlap()))
                .map(changed -> notStored(new WithSecret(changed, secret.text())));
    }

    private static <T> ResponseEntity<T> notStored(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static <T> Mono<T> found(Mono<T> one) {
        return one.switchIfEmpty(Mono.error(EndpointController::notFound));
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Webhook endpoint, delivery or event not found.");
    }
}
