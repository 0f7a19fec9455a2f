package dev.frontdesk.registration.apikeys;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
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

/** {@code /api/v1/api-keys}: administrators manage the API keys of their tenant. */
@RestController
@RequestMapping(ApiKeyController.PATH)
final class ApiKeyController {

    static final String PATH = "/api/v1/api-keys";

    private static final Duration DEFAULT_OVERLAP = Duration.ofHours(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final ApiKeys keys;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<ApiKeyAnswer> apiKeys, @Nullable String nextCursor) {}

    /** @param key returned only here */
    record WithKey(@JsonUnwrapped ApiKeyAnswer answer, String key) {

        @Override
        public String toString() {
            return "WithKey[" + answer.id() + "]";
        }
    }

    /** @param overlapMs how long the previous key stays valid */
    record Rotation(@Nullable Long overlapMs) {}

    @PostMapping
    Mono<ResponseEntity<WithKey>> add(@RequestBody ApiKeyDraft.Request request, Caller caller) {
        Administrators.tenantOf(caller);
        var draft = ApiKeyDraft.ofNew(request, clock.instant());
        var key = ApiKeyText.generate(UUID.randomUUID());
        return keys.create(caller, key, draft)
                .map(added -> ResponseEntity.created(URI.create(PATH + "/" + added.id()))
                        .cacheControl(CacheControl.noStore())
                        .body(new WithKey(answer(added), key.text())));
    }

    @Takes(query = {"limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return keys.page(tenant, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> notStored(
                        new Found(page.items().stream().map(this::answer).toList(), page.nextCursor())));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ApiKeyAnswer>> show(@PathVariable UUID id, Caller caller) {
        return found(keys.find(Administrators.tenantOf(caller), id)).map(key -> notStored(answer(key)));
    }

    /** Absent fields and null leave the key as it is; scopes and limits are replaced as a whole. */
    @PatchMapping("/{id}")
    Mono<ResponseEntity<ApiKeyAnswer>> change(
            @PathVariable UUID id, @RequestBody ApiKeyDraft.Request request, Caller caller) {
        Administrators.tenantOf(caller);
        var draft = ApiKeyDraft.ofChange(request, clock.instant());
        return found(keys.change(caller, id, draft)).map(key -> notStored(answer(key)));
    }

    @PostMapping("/{id}/rotate")
    Mono<ResponseEntity<WithKey>> rotate(@PathVariable UUID id, @RequestBody Rotation request, Caller caller) {
        Administrators.tenantOf(caller);
        var fields = new FieldReader();
        fields.range("overlap_ms", request.overlapMs(), 0, LONGEST_OVERLAP.toMillis());
        fields.check();
        var key = ApiKeyText.generate(id);
        var overlap = request.overlapMs() == null ? DEFAULT_OVERLAP : Duration.ofMillis(request.overlapMs());
        return found(keys.rotate(caller, key, overlap))
                .map(rotated -> notStored(new WithKey(answer(rotated), key.text())));
    }

    /** Also succeeds when the key is already revoked. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> revoke(@PathVariable UUID id, Caller caller) {
        Administrators.tenantOf(caller);
        return found(keys.revoke(caller, id)).then();
    }

    private ApiKeyAnswer answer(ApiKey key) {
        return ApiKeyAnswer.of(key, clock.instant());
    }

    private static <T> ResponseEntity<T> notStored(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static <T> Mono<T> found(Mono<T> key) {
        return key.switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "API key not found.")));
    }
}
