package dev.frontdesk.gateway.applications;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Fields that an application sends after the body of a response (RFC 9110, section 6.5), such as a checksum. Those pass that it
 * has announced in {@code Trailer}, except what a client needs before the body, and what only the gateway may say.
 */
final class ResponseTrailers {

    /** About the message, its framing or its caching: RFC 9110 forbids them here. Reactor Netty refuses some of them. */
    private static final Set<String> FORBIDDEN = Set.of(
            "age",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "expires",
            "host",
            "keep-alive",
            "location",
            "retry-after",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "warning",
            "www-authenticate");

    private ResponseTrailers() {}

    static void passOn(HttpClientResponse received, HttpServerResponse sent) {
        List<String> announced = received.responseHeaders().getAll(HttpHeaderNames.TRAILER);
        if (announced.isEmpty() || received.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return;
        }
        List<String> names = passing(announced);
        if (names.isEmpty()) {
            return;
        }
        var arrived = new AtomicReference<HttpHeaders>();
        received.trailerHeaders().subscribe(arrived::set);
        sent.header(HttpHeaderNames.TRAILER, String.join(", ", names));
        sent.trailerHeaders(trailers -> {
            HttpHeaders all = arrived.get();
            if (all != null) {
                names.stream().filter(all::contains).forEach(name -> trailers.set(name, all.getAll(name)));
            }
        });
    }

    private static List<String> passing(List<String> announced) {
        var names = new ArrayList<String>();
        for (String line : announced) {
            for (String part : line.split(",", -1)) {
                String name = part.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !FORBIDDEN.contains(name) && !OwnHeaders.include(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
