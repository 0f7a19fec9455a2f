package dev.frontdesk.gateway.overload;

import dev.frontdesk.contracts.http.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The answer to a request that is refused because the gateway is overloaded. It is always the same, and has no trace and no
 * line in the log: work that is not done for it can be done for another request.
 */
public final class EarlyRefusal {

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final byte[] BODY = """
            {"type":"%s","title":"%s","status":503,"detail":"Too many requests at once. Try again after Retry-After."}""".formatted(ProblemType.OVERLOADED.uri(), ProblemType.OVERLOADED.title())
            .getBytes(StandardCharsets.UTF_8);

    private static final Map<AsciiString, AsciiString> HEADERS = Map.of(
            HttpHeaderNames.CONTENT_TYPE,
            AsciiString.cached(MediaType.APPLICATION_PROBLEM_JSON_VALUE),
            HttpHeaderNames.CONTENT_LENGTH,
            AsciiString.cached(Integer.toString(BODY.length)),
            HttpHeaderNames.RETRY_AFTER,
            AsciiString.cached(Long.toString(RETRY_AFTER.toSeconds())),
            HttpHeaderNames.CACHE_CONTROL,
            AsciiString.cached("no-store"),
            AsciiString.cached("X-Content-Type-Options"),
            AsciiString.cached("nosniff"));

    private EarlyRefusal() {}

    public static Mono<Void> send(ServerHttpResponse response) {
        HttpServerResponse sent = ServerHttpResponseDecorator.getNativeResponse(response);
        sent.status(HttpStatus.SERVICE_UNAVAILABLE.value());
        HEADERS.forEach(sent.responseHeaders()::set);
        return sent.sendObject(Unpooled.wrappedBuffer(BODY)).then();
    }
}
