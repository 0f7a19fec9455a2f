package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Entries over HTTP. The path pattern matches everything after the namespace, so that a key with a slash is refused
 * with a reason, instead of as an unknown path.
 */
@RestController
@RequestMapping("/api/v1/cache/{namespace}/{*key}")
class EntryController {

    private static final String TTL = "ttl_seconds";

    private final Entries entries;
    private final EntryBodyReader entryBodyReader;
    private final EntriesProperties properties;

    EntryController(Entries entries, EntryBodyReader entryBodyReader, EntriesProperties properties) {
        this.entries = entries;
        this.entryBodyReader = entryBodyReader;
        this.properties = properties;
    }

    /**
     * Returns 201 for a new entry and 204 for a replaced one; 412 when {@code If-Match} or {@code If-None-Match} does
     * not hold.
     */
    @Takes(query = EntryController.TTL, body = true)
    @PutMapping
    Mono<ResponseEntity<Void>> put(
            Caller caller, @PathVariable String namespace, @PathVariable String key, ServerHttpRequest request) {
        var owner = Owner.of(caller);
        var name = name(namespace, key, request);
        var ttl = ttlIn(request);
        var conditions = Preconditions.of(request.getHeaders());
        return entryBodyReader
                .read(request)
                .flatMap(entry -> entries.put(owner, name, entry, ttl, conditions)
                        .map(written -> switch (written) {
                            case CREATED -> HttpStatus.CREATED;
                            case REPLACED -> HttpStatus.NO_CONTENT;
                            case REFUSED -> throw refused();
                        })
                        .map(status ->
                                ResponseEntity.status(status).eTag(entry.tag()).build()));
    }

    @GetMapping
    Mono<ResponseEntity<byte[]>> get(
            Caller caller, @PathVariable String namespace, @PathVariable String key, ServerHttpRequest request) {
        var conditions = Preconditions.of(request.getHeaders());
        return entries.find(Owner.of(caller), name(namespace, key, request))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "Entry not found.")))
                .filter(held -> conditions.letRead(held.entry()))
                .switchIfEmpty(Mono.error(EntryController::refused))
                .map(held -> conditions.know(held.entry()) ? notModified(held) : response(held));
    }

    /** Returns 204 whether or not there was an entry; 412 as for {@code PUT}. */
    @DeleteMapping
    Mono<ResponseEntity<Void>> delete(
            Caller caller, @PathVariable String namespace, @PathVariable String key, ServerHttpRequest request) {
        return entries.delete(Owner.of(caller), name(namespace, key, request), Preconditions.of(request.getHeaders()))
                .flatMap(EntryController::orRefused)
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static Mono<Void> orRefused(boolean done) {
        return done ? Mono.empty() : Mono.error(refused());
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemType.PRECONDITION_FAILED,
                "The current entry does not match If-Match or If-None-Match. Nothing was changed.");
    }

    /**
     * An HTTP cache may store the response for the entry's TTL, but must revalidate it each time, because another
     * client may have changed the entry. The headers keep browsers from displaying or running the value as a page.
     */
    private static ResponseEntity<byte[]> response(Entries.Held held) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, held.entry().contentType())
                .header(HttpHeaders.CACHE_CONTROL, cacheControl(held))
                .eTag(held.entry().tag())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .body(held.entry().body());
    }

    private static ResponseEntity<byte[]> notModified(Entries.Held held) {
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl(held))
                .eTag(held.entry().tag())
                .build();
    }

    private static String cacheControl(Entries.Held held) {
        return "private, no-cache, max-age=" + held.remaining().toSeconds();
    }

    private Duration ttlIn(ServerHttpRequest request) {
        var wanted = request.getQueryParams().getFirst(TTL);
        return wanted == null ? properties.defaultTtl() : properties.ttl(wanted);
    }

    private static EntryName name(String namespace, String rest, ServerHttpRequest request) {
        if (request.getPath().value().indexOf(';') >= 0) {
            // Path variables leave out what follows a semicolon, so two keys would address the same entry.
            throw ProblemException.invalid("key", "must have semicolons encoded as %3B");
        }
        return new EntryName(namespace, rest.isEmpty() ? "" : rest.substring(1));
    }
}
