package dev.frontdesk.kit.web;

import dev.frontdesk.contracts.http.ProblemType;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Reads one field of an {@code application/x-www-form-urlencoded} body, without a map of all fields. Other fields are ignored,
 * as OAuth requires (RFC 6749, section 3.2).
 */
public final class FormField {

    private FormField() {}

    /**
     * @return fails with a {@link ProblemException} (400) when the form is malformed or does not have the field exactly once,
     *     and with 413 when it is larger than so many bytes
     */
    public static Mono<String> read(ServerHttpRequest request, String name, int mostBytes) {
        Charset charset = charsetOf(request);
        return DataBufferUtils.join(request.getBody(), mostBytes)
                .map(body -> textOf(body, charset))
                .defaultIfEmpty("")
                .map(form -> valueIn(form, name, charset));
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

    private static String valueIn(String form, String searched, Charset charset) {
        @Nullable String found = null;
        for (int start = 0; start <= form.length(); ) {
            int end = form.indexOf('&', start);
            String field = form.substring(start, end < 0 ? form.length() : end).trim();
            start = end < 0 ? form.length() + 1 : end + 1;
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals), charset);
            String value = decoded(equals < 0 ? "" : field.substring(equals + 1), charset);
            if (name.equals(searched)) {
                if (found != null) {
                    throw notOnce(searched);
                }
                found = value;
            }
        }
        if (found == null) {
            throw notOnce(searched);
        }
        return found;
    }

    private static ProblemException notOnce(String name) {
        return ProblemException.invalid(name, "is required exactly once");
    }

    /** @throws ProblemException for an escape that is none; its text, which may be a secret, is not repeated */
    private static String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException notEscaped) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The form is malformed.");
        }
    }
}
