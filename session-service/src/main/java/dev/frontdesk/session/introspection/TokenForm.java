package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.sessions.SessionToken;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Reads the token from the form of an introspection (RFC 7662, section 2.1), without a map of all fields. */
@Component
final class TokenForm {

    private static final String ONCE = "is required exactly once";

    private final int maxBytes;

    TokenForm(@Value("${spring.http.codecs.max-in-memory-size}") DataSize maxSize) {
        this.maxBytes = Math.toIntExact(maxSize.toBytes());
    }

    /**
     * @return empty when the token can't be one of ours; fails with a {@link ProblemException} (400) when the form is
     *     malformed or does not have exactly one token, and with 413 when it is too large
     */
    Mono<SessionToken> token(ServerHttpRequest request) {
        Charset charset = charsetOf(request);
        return DataBufferUtils.join(request.getBody(), maxBytes)
                .map(body -> textOf(body, charset))
                .defaultIfEmpty("")
                .flatMap(form -> Mono.justOrEmpty(tokenIn(form, charset)));
    }

    private static Charset charsetOf(ServerHttpRequest request) {
        MediaType type = request.getHeaders().getContentType();
        Charset charset = type == null ? null : type.getCharset();
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    private static String textOf(DataBuffer body, Charset charset) {
        try {
            return body.toString(charset);
        } finally {
            DataBufferUtils.release(body);
        }
    }

    private static Optional<SessionToken> tokenIn(String form, Charset charset) {
        String token = null;
        for (int start = 0; start <= form.length(); ) {
            int end = form.indexOf('&', start);
            String field = form.substring(start, end < 0 ? form.length() : end).trim();
            start = end < 0 ? form.length() + 1 : end + 1;
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals), charset);
            String value = decoded(equals < 0 ? "" : field.substring(equals + 1), charset);
            if (name.equals(IntrospectionRequest.TOKEN)) {
                if (token != null) {
                    throw ProblemException.invalid(IntrospectionRequest.TOKEN, ONCE);
                }
                token = value;
            }
        }
        if (token == null) {
            throw ProblemException.invalid(IntrospectionRequest.TOKEN, ONCE);
        }
        return SessionToken.parse(token);
    }

    /** @throws ProblemException for an escape that is none, which no client of ours writes; its text is not repeated */
    private static String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException notEscaped) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The form is malformed.");
        }
    }
}
