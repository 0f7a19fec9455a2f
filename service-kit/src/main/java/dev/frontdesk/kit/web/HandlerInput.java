package dev.frontdesk.kit.web;

import dev.frontdesk.kit.values.Graphemes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import reactor.core.publisher.Mono;

/**
 * The parts of a request that a handler reads, determined once when the service starts.
 *
 * @param query the names of the query parameters
 */
public record HandlerInput(Set<String> query, boolean body) {

    private static final int LONGEST_NAME = 100;

    public HandlerInput {
        query = Set.copyOf(query);
    }

    /**
     * @throws IllegalStateException for a handler that accepts all parameters as a map and does not declare their names
     */
    public static HandlerInput of(HandlerMethod handler) {
        var takes = handler.getMethodAnnotation(Takes.class);
        var names = new HashSet<>(takes == null ? List.of() : List.of(takes.query()));
        boolean body = takes != null && takes.body();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            body |= parameter.hasParameterAnnotation(RequestBody.class);
            var read = parameter.getParameterAnnotation(RequestParam.class);
            if (read == null) {
                continue;
            }
            if (!Map.class.isAssignableFrom(parameter.getParameterType())) {
                names.add(nameOf(read, parameter));
            } else if (takes == null) {
                throw new IllegalStateException(handler + " reads parameters as a map: name the known ones in @Takes");
            }
        }
        return new HandlerInput(names, body);
    }

    private static String nameOf(RequestParam read, MethodParameter parameter) {
        if (!read.name().isEmpty()) {
            return read.name();
        }
        String name = parameter.getParameter().getName();
        if (!parameter.getParameter().isNamePresent()) {
            throw new IllegalStateException(parameter + " has no name: compile with -parameters");
        }
        return name;
    }

    /**
     * Checks headers and query; reads the body only if its length is not stated.
     *
     * @return fails with a {@link ProblemException} (400) when the request contains something that the handler does not
     *     read
     */
    public Mono<Void> check(ServerHttpRequest request) {
        checkQuery(request);
        if (body) {
            return Mono.empty();
        }
        HttpHeaders headers = request.getHeaders();
        if (headers.getContentLength() > 0) {
            return Mono.error(unknownBody());
        }
        // A chunked body may be empty.
        return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING) ? checkBody(request) : Mono.empty();
    }

    /** @throws ProblemException 400 for a parameter that is unknown, is repeated or has no value */
    public void checkQuery(ServerHttpRequest request) {
        if (request.getURI().getRawQuery() != null) {
            request.getQueryParams().forEach(this::checkParameter);
        }
    }

    private void checkParameter(String name, List<@Nullable String> values) {
        if (!query.contains(name)) {
            // The client chooses the name, and it can have any length.
            throw ProblemException.invalid(
                    name.length() <= LONGEST_NAME ? name : Graphemes.cut(name, LONGEST_NAME) + "…",
                    "is not a parameter of this request");
        }
        if (values.size() > 1) {
            throw ProblemException.invalid(name, "must be given only once");
        }
        if (values.getFirst() == null) {
            throw ProblemException.invalid(name, "has no value");
        }
    }

    private static Mono<Void> checkBody(ServerHttpRequest request) {
        return request.getBody()
                .map(HandlerInput::drop)
                .any(length -> length > 0)
                .flatMap(some -> some ? Mono.error(unknownBody()) : Mono.empty());
    }

    private static int drop(DataBuffer part) {
        int length = part.readableByteCount();
        DataBufferUtils.release(part);
        return length;
    }

    private static ProblemException unknownBody() {
        return ProblemException.invalid("body", "must be empty: this request has no body");
    }
}
