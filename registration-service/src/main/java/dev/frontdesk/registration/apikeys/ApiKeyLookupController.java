package dev.frontdesk.registration.apikeys;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Timestamps;
import dev.frontdesk.kit.web.UuidText;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gateways look up keys, and report which ones they admitted. */
@RestController
final class ApiKeyLookupController {

    private static final String GATEWAY = "gateway";

    private final ApiKeys keys;

    ApiKeyLookupController(ApiKeys keys) {
        this.keys = keys;
    }

    /** {@link ApiKeyLookup} before its fields are checked. */
    record LookupRequest(@Nullable String id) {}

    /** {@link ApiKeyUses} before its fields are checked. */
    record UsesRequest(@Nullable List<@Nullable UseRequest> uses) {

        record UseRequest(@Nullable String id, @Nullable String at) {}
    }

    @PostMapping(ApiKeyLookup.PATH)
    Mono<ResponseEntity<ApiKeyLookup.Result>> resolve(@RequestBody LookupRequest request, Caller.Service caller) {
        requireGateway(caller);
        var fields = new FieldReader();
        var id = fields.required("id", request.id(), UuidText::read);
        fields.check();
        return keys.resolve(id.orElseThrow())
                .map(key -> ApiKeyLookup.Result.of(key.forGateways()))
                .defaultIfEmpty(ApiKeyLookup.Result.INACTIVE)
                .map(result ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(result));
    }

    @PostMapping(ApiKeyUses.PATH)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> used(@RequestBody UsesRequest request, Caller.Service caller) {
        requireGateway(caller);
        var fields = new FieldReader();
        var uses = request.uses();
        if (uses == null || uses.isEmpty() || uses.size() > ApiKeyUses.MOST) {
            fields.refuse("uses", "must have 1 to " + ApiKeyUses.MOST + " elements");
            uses = List.of();
        }
        var read = uses.stream().map(use -> read(use, fields)).toList();
        fields.check();
        return keys.used(read);
    }

    private static ApiKeyUses.Use read(UsesRequest.@Nullable UseRequest use, FieldReader fields) {
        var id = fields.required("uses", use == null ? null : use.id(), UuidText::read);
        var at = fields.required("uses", use == null ? null : use.at(), Timestamps::read);
        return new ApiKeyUses.Use(id.orElse(new UUID(0, 0)), at.orElse(Instant.EPOCH));
    }

    private static void requireGateway(Caller.Service caller) {
        if (!caller.name().equals(GATEWAY)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only the gateway looks up API keys.");
        }
    }
}
