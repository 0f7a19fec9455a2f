package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.ContentTypes;
import dev.frontdesk.cache.entries.Entry;
import dev.frontdesk.cache.entries.EntryTags;
import dev.frontdesk.cache.entries.Loaded;
import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.cache.namespaces.Origin;
import dev.frontdesk.kit.outbound.GuardedClients;
import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.resilience.RetryAfter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Sends requests to origins, only to allowed addresses ({@link GuardedClients}). It follows no redirects, and reads a response only up to
 * the largest size of an entry.
 */
@Component
class OriginClient {

    private static final String AGENT = "Frontdesk-Cache/1";
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int LONGEST_VALIDATOR = 256;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final GuardedClients clients;
    private final int maxBytes;
    private final Clock clock;

    OriginClient(GuardedClients clients, EntriesProperties properties, Clock clock) {
        this.clients = clients;
        this.maxBytes = Math.toIntExact(properties.maxSize().toBytes());
        this.clock = clock;
    }

    /**
     * Never fails.
     *
     * @param known how the entry that we have was loaded; null if we have none
     */
    Mono<Answer> get(Origin origin, String key, @Nullable Loaded known) {
        return Mono.defer(() -> send(origin, callable(origin, key), known))
                .timeout(origin.timeout())
                .publishOn(Schedulers.parallel())
                .onErrorResume(error -> Mono.just(new Answer.Failure(
                        "could not be asked: " + GuardedClients.reasonOf(error, origin.timeout()),
                        GuardedClients.isTimeout(error),
                        null)));
    }

    /** Checked again: the networks that the operator allows may have changed since the URL was set. */
    private OutboundUrl callable(Origin origin, String key) {
        return clients.callable(origin.urlOf(key).value());
    }

    private Mono<Answer> send(Origin origin, OutboundUrl url, @Nullable Loaded known) {
        return clients.clientFor(url)
                .headers(headers -> {
                    headers.set(HttpHeaderNames.USER_AGENT, AGENT);
                    headers.set(HttpHeaderNames.ACCEPT, "*/*");
                    origin.headers().forEach(headers::set);
                    headers.set(HttpHeaderNames.HOST, url.authority());
                    headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
                    addConditions(headers, known);
                })
                .get()
                .uri(url.uri())
                .response((response, content) -> read(response, content, known != null))
                .next();
    }

    private static void addConditions(HttpHeaders headers, @Nullable Loaded known) {
        if (known != null && known.etag() != null) {
            headers.set(HttpHeaderNames.IF_NONE_MATCH, known.etag());
        } else if (known != null && known.lastModified() != null) {
            headers.set(HttpHeaderNames.IF_MODIFIED_SINCE, known.lastModified());
        }
    }

    private Mono<Answer> read(HttpClientResponse response, ByteBufFlux content, boolean conditional) {
        int status = response.status().code();
        return switch (status) {
            case OK -> readBody(response.responseHeaders(), content);
            case NOT_MODIFIED ->
                content.then(Mono.just(conditional ? new Answer.NotModified() : failure("answered 304 without a reason")));
            // The rest of a response is not read: its connection is closed.
            case NOT_FOUND, GONE -> Mono.just(new Answer.Absent());
            default ->
                Mono.just(new Answer.Failure(
                        "answered " + status,
                        false,
                        RetryAfter.read(
                                        response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER),
                                        clock.instant(),
                                        LONGEST_PAUSE)
                                .orElse(null)));
        };
    }

    private Mono<Answer> readBody(HttpHeaders headers, ByteBufFlux content) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Mono.just(failure("answered with a Content-Encoding"));
        }
        String given = headers.get(HttpHeaderNames.CONTENT_TYPE);
        String type = given == null ? "application/octet-stream" : ContentTypes.normalized(given);
        if (type == null) {
            return Mono.just(failure("answered with a Content-Type that is not a media type"));
        }
        Set<String> tags = EntryTags.parse(headers.getAll(EntryTags.HEADER));
        if (tags == null) {
            return Mono.just(failure("answered with a " + EntryTags.HEADER + " that is not a list of tags"));
        }
        var body = new ByteArrayOutputStream();
        return content.asByteArray()
                .takeUntil(chunk -> {
                    body.writeBytes(chunk);
                    return body.size() > maxBytes;
                })
                .then(Mono.just(body))
                // The event loop of all origins must not compute hashes.
                .publishOn(Schedulers.parallel())
                .map(whole -> whole.size() > maxBytes
                        ? failure("answered with more than " + maxBytes + " bytes")
                        : new Answer.Value(
                                Entry.of(type, whole.toByteArray()),
                                tags,
                                validator(headers.get(HttpHeaderNames.ETAG)),
                                validator(headers.get(HttpHeaderNames.LAST_MODIFIED))));
    }

    private static @Nullable String validator(@Nullable String header) {
        return header == null || header.length() > LONGEST_VALIDATOR ? null : header;
    }

    private static Answer failure(String reason) {
        return new Answer.Failure(reason, false, null);
    }
}
