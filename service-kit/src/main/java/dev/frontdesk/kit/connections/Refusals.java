package dev.frontdesk.kit.connections;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Creates the response to a request that no filter sees, in the format of all other errors. */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    /**
     * The connection must be closed after this response. The trace id belongs to no span; it appears in one log line
     * only.
     */
    FullHttpResponse answer(Refusal refusal) {
        String traceId = newTraceId();
        int status = refusal.type().status();
        log.info("(unread) {} {} trace={}", status, refusal.detail(), traceId);
        byte[] body = bodyOf(refusal);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Trace-Id", traceId);
        return response;
    }

    private byte[] bodyOf(Refusal refusal) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", refusal.type().uri());
        body.put("title", refusal.type().title());
        body.put("status", refusal.type().status());
        body.put("detail", refusal.detail());
        return json.writeValueAsBytes(body);
    }

    private static String newTraceId() {
        var random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE));
    }
}
