package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.web.FormField;
import dev.frontdesk.session.sessions.SessionToken;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Reads the token from the form of an introspection (RFC 7662, section 2.1). */
@Component
final class TokenForm {

    private final int maxBytes;

    TokenForm(@Value("${spring.http.codecs.max-in-memory-size}") DataSize maxSize) {
        this.maxBytes = Math.toIntExact(maxSize.toBytes());
    }

    /**
     * @return empty when the token can't be one of ours; fails with 400 when the form is malformed or does not have exactly
     *     one token, and with 413 when it is too large
     */
    Mono<SessionToken> token(ServerHttpRequest request) {
        return FormField.read(request, IntrospectionRequest.TOKEN, maxBytes)
                .flatMap(token -> Mono.justOrEmpty(SessionToken.parse(token)));
    }
}
