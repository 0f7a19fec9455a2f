package dev.frontdesk.registration.tenants;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Answer;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.registration.tenants.TenantDraft.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /api/v1/admin/tenants}: the holder of the operator key manages the tenants of the installation. */
@RestController
@RequestMapping(TenantController.PATH)
final class TenantController {

    static final String PATH = "/api/v1/admin/tenants";

    private final Tenants tenants;
    private final TenantCopies copies;
    private final Idempotency idempotency;

    TenantController(Tenants tenants, TenantCopies copies, Idempotency idempotency) {
        this.tenants = tenants;
        this.copies = copies;
        this.idempotency = idempotency;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<Tenant> tenants, @Nullable String nextCursor) {}

    private record New(TenantId id, TenantDraft draft) {}

    @PostMapping
    Mono<ResponseEntity<String>> add(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
        var asked = readNew(request);
        return idempotency.once(caller.tenant(), exchange, request, token -> create(asked, token.newId()));
    }

    private static New readNew(Request request) {
        var fields = new FieldReader();
        var id = fields.required("id", request.id(), TenantController::readId);
        fields.required("name", request.name(), name -> name);
        var draft = TenantDraft.read(request, fields);
        fields.check();
        return new New(
                id.orElseThrow(),
                new TenantDraft(
                        draft.name(),
                        draft.plan() == null ? TenantDraft.DEFAULT_PLAN : draft.plan(),
                        draft.quotas(),
                        draft.allowedOrigins() == null ? List.of() : draft.allowedOrigins(),
                        draft.settings() == null ? StorableJson.EMPTY_OBJECT : draft.settings()));
    }

    private Mono<Answer> create(New asked, UUID creation) {
        return tenants.create(asked.id(), creation, asked.draft())
                .delayUntil(copies::changed)
                .map(tenant -> Answer.created(URI.create(PATH + "/" + tenant.id()), tenant))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT, "There is, or was, a tenant with this id. Choose another one.")));
    }

    @Takes(query = {"status", "limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(@RequestParam MultiValueMap<String, String> parameters) {
        var fields = new FieldReader();
        var status = fields.optional("status", parameters.getFirst("status"), Tenant.Status::read);
        int limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit)
                .orElse(Page.DEFAULT_LIMIT);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), TenantController::readCursor);
        fields.check();
        return tenants.page(status.orElse(null), limit, after.orElse(null)).map(found -> fresh(page(found, limit)));
    }

    private static Found page(List<Tenant> found, int limit) {
        return found.size() <= limit
                ? new Found(found, null)
                : new Found(found.subList(0, limit), cursor(found.get(limit - 1)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Tenant>> show(@PathVariable String id) {
        return orNotFound(tenants.find(idIn(id))).map(TenantController::fresh);
    }

    /** Absent fields and null leave the tenant as it is; quotas, origins and settings are replaced as a whole. */
    @PatchMapping("/{id}")
    Mono<ResponseEntity<Tenant>> change(@PathVariable String id, @RequestBody Request request) {
        TenantId tenant = idIn(id);
        var fields = new FieldReader();
        if (request.id() != null) {
            fields.refuse("id", "can't be changed");
        }
        var draft = TenantDraft.read(request, fields);
        fields.check();
        return changed(tenants.change(tenant, draft)).map(TenantController::fresh);
    }

    /** Also succeeds when the tenant is already suspended. */
    @PostMapping("/{id}/suspend")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> suspend(@PathVariable String id) {
        return changed(tenants.suspend(notDefault(idIn(id)))).then();
    }

    /** Also succeeds when the tenant is not suspended. */
    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> resume(@PathVariable String id) {
        return changed(tenants.resume(idIn(id))).then();
    }

    /** What is stored for the tenant is deleted afterwards. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String id) {
        return changed(tenants.delete(notDefault(idIn(id)))).then();
    }

    private static TenantId notDefault(TenantId id) {
        if (id.equals(TenantId.DEFAULT)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The default tenant can be neither suspended nor deleted.");
        }
        return id;
    }

    private static TenantId readId(String text) {
        if (!TenantId.isValid(text)) {
            throw new IllegalArgumentException("must be 1 to 63 lower-case letters, digits and inner hyphens");
        }
        return new TenantId(text);
    }

    /** What can't be an id is not found, like an id that nobody has. */
    private static TenantId idIn(String path) {
        if (!TenantId.isValid(path)) {
            throw notFound();
        }
        return new TenantId(path);
    }

    private static String cursor(Tenant last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.id().getBytes(StandardCharsets.UTF_8));
    }

    private static TenantId readCursor(String text) {
        try {
            return new TenantId(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            throw new IllegalArgumentException("must be the next_cursor of a page", notOurs);
        }
    }

    private Mono<Tenant> changed(Mono<Tenant> tenant) {
        return orNotFound(tenant).delayUntil(copies::changed);
    }

    private static Mono<Tenant> orNotFound(Mono<Tenant> tenant) {
        return tenant.switchIfEmpty(Mono.error(TenantController::notFound));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Tenant not found.");
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
