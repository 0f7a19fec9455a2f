package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes the responses about an entry. */
public final class EntryResponses {

    private static final String CACHE_STATUS = "Cache-Status";

    private EntryResponses() {}

    public static Mono<Void> written(ServerHttpResponse response, Entry entry, EntryChanges.Written written) {
        response.setStatusCode(
                switch (written) {
                    case CREATED -> HttpStatus.CREATED;
                    case REPLACED -> HttpStatus.NO_CONTENT;
                    case REFUSED -> throw refused();
                    case FULL -> throw full();
                });
        response.getHeaders().set(HttpHeaders.ETAG, entry.tag());
        return response.setComplete();
    }

    /**
     * An HTTP cache may store the response for the entry's TTL, but must revalidate it each time, because another
     * client may have changed the entry. The headers keep browsers from displaying or running the value as a page.
     */
    public static Mono<Void> found(ServerHttpResponse response, EntrySource.Read read, Preconditions conditions) {
        Held held = read.held();
        Entry entry = held.entry();
        if (!conditions.letRead(entry)) {
            return Mono.error(refused());
        }
        HttpHeaders headers = response.getHeaders();
        headers.set(
                HttpHeaders.CACHE_CONTROL,
                "private, no-cache, max-age=" + held.remaining().toSeconds());
        headers.set(HttpHeaders.ETAG, entry.tag());
        if (read.cacheStatus() != null) {
            headers.set(CACHE_STATUS, read.cacheStatus());
        }
        if (read.age() != null) {
            headers.set(HttpHeaders.AGE, Long.toString(Math.max(0, read.age().toSeconds())));
        }
        if (conditions.know(entry)) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        headers.set(HttpHeaders.CONTENT_TYPE, entry.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        headers.setContentLength(entry.body().length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(entry.body())));
    }

    public static ProblemException full() {
        return new ProblemException(
                ProblemType.QUOTA_EXCEEDED,
                "The tenant's entries take up its whole quota. Nothing was stored. Delete some, or let them expire.");
    }

    static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "Entry not found.");
    }

    public static ProblemException refused() {
        return new ProblemException(
                ProblemType.PRECONDITION_FAILED,
                "The current entry does not match If-Match or If-None-Match. Nothing was changed.");
    }
}
