package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.headers.AnswerHeaders;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.routing.ResponseChange;
import dev.frontdesk.gateway.routing.ReverseProxy;
import dev.frontdesk.gateway.streams.OpenStreams;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What happens to the head of an application's response before the client gets it. */
final class ApplicationResponse implements ResponseChange {

    private static final int WORTH_COMPRESSING = 1024;
    private static final String GZIP = "gzip";

    private static final Set<String> DIGESTS = Set.of("Content-Digest", "Repr-Digest", "Digest", "Content-MD5");

    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/problem+json",
            "application/javascript",
            "application/xml",
            "application/xhtml+xml",
            "application/manifest+json",
            "image/svg+xml");

    private final ApplicationRoute route;
    private final OpenStreams streams;
    private final StreamPlaces places;
    private final Duration longest;

    /** @param longest life of an event stream */
    ApplicationResponse(ApplicationRoute route, OpenStreams streams, StreamPlaces places, Duration longest) {
        this.route = route;
        this.streams = streams;
        this.places = places;
        this.longest = longest;
    }

    @Override
    public Mono<Void> streamEnds(ServerWebExchange exchange) {
        Mono<Void> old = Mono.delay(longest).then();
        return Identity.of(exchange) instanceof Identity.Known known
                ? Mono.firstWithSignal(streams.ended(known.caller(), Identity.since(exchange)), old)
                : old;
    }

    @Override
    public Mono<Void> streamed(ServerWebExchange exchange, Mono<Void> response) {
        return places.takenIfItLasts(exchange, response);
    }

    @Override
    public void apply(ServerWebExchange exchange, HttpClientResponse received, HttpServerResponse sent) {
        HttpHeaders headers = sent.responseHeaders();
        ApplicationCookies.removeOursFrom(headers);
        route.responseHeaders().apply(headers);
        ResponseTrailers.passOn(received, sent);
        AnswerHeaders.areOfAnApplication(exchange);
        if (route.compress() && isWorthCompressing(received, headers)) {
            addVary(headers);
            if (accepts(exchange)) {
                compress(exchange, sent);
            }
        }
    }

    @Override
    public void undo(ServerWebExchange exchange, HttpServerResponse sent) {
        AnswerHeaders.areOurOwn(exchange);
        route.responseHeaders().set().keySet().forEach(sent.responseHeaders()::remove);
        sent.responseHeaders()
                .remove(HttpHeaderNames.VARY)
                .remove(HttpHeaderNames.ETAG)
                .remove(HttpHeaderNames.TRAILER);
        sent.compression(false);
    }

    private static boolean isWorthCompressing(HttpClientResponse received, HttpHeaders headers) {
        int status = received.status().code();
        return status != 204
                && status != 206
                && status != 304
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && headers.getInt(HttpHeaderNames.CONTENT_LENGTH, Integer.MAX_VALUE) >= WORTH_COMPRESSING
                && isText(headers.get(HttpHeaderNames.CONTENT_TYPE))
                && !ReverseProxy.isEventStream(headers)
                && !mustStayAsItIs(headers);
    }

    /** A digest is of the bytes that the application has sent (RFC 9530). */
    private static boolean mustStayAsItIs(HttpHeaders headers) {
        return DIGESTS.stream().anyMatch(headers::contains)
                || headers.getAll(HttpHeaderNames.CACHE_CONTROL).stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("no-transform"));
    }

    private static boolean isText(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return media.startsWith("text/") || TEXT.contains(media) || media.endsWith("+json") || media.endsWith("+xml");
    }

    /** Only if the client names gzip, and not with a weight of 0. */
    private static boolean accepts(ServerWebExchange exchange) {
        for (String line : exchange.getRequest().getHeaders().getOrEmpty("Accept-Encoding")) {
            for (String coding : line.split(",", -1)) {
                String[] parts = coding.strip().toLowerCase(Locale.ROOT).split(";", 2);
                boolean refused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
                if (parts[0].strip().equals(GZIP) && !refused) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void addVary(HttpHeaders headers) {
        if (!headers.containsValue(HttpHeaderNames.VARY, "*", true)
                && !headers.containsValue(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING, true)) {
            headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
    }

    /** The bytes are others than those that the application has tagged (RFC 9110, section 8.8.1). */
    private static void compress(ServerWebExchange exchange, HttpServerResponse sent) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        // The request was sent already. Reactor Netty would compress nothing for a client that prefers another
        // encoding.
        request.requestHeaders().set(HttpHeaderNames.ACCEPT_ENCODING, GZIP);
        HttpHeaders headers = sent.responseHeaders();
        String tag = headers.get(HttpHeaderNames.ETAG);
        if (tag != null && !tag.startsWith("W/")) {
            headers.set(HttpHeaderNames.ETAG, "W/" + tag);
        }
        // A part that is asked for later would be of the bytes as the application has them.
        headers.remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.ACCEPT_RANGES);
        sent.compression(true);
    }
}
