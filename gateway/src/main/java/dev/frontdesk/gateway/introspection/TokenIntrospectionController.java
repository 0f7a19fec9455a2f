package dev.frontdesk.gateway.introspection;

import dev.frontdesk.gateway.identity.ActiveTokens;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FormField;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/introspect} (RFC 7662): what a session token or an API key of the caller's tenant stands for. The limits
 * of the caller have counted the request before any token is looked up.
 */
@RestController
final class TokenIntrospectionController {

    /** More than any token needs; the route refuses larger bodies before. */
    private static final int MOST_BYTES = 8 * 1024;

    private static final String TOKEN = "token";

    private final ActiveTokens tokens;

    TokenIntrospectionController(ActiveTokens tokens) {
        this.tokens = tokens;
    }

    @Takes(body = true)
    @PostMapping(path = "/api/v1/introspect", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<TokenState> introspect(ServerWebExchange exchange, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return FormField.read(exchange.getRequest(), TOKEN, MOST_BYTES)
                .doOnNext(TokenIntrospectionController::requireValue)
                .flatMap(token -> tokens.find(token, tenant))
                .map(TokenState::of)
                .defaultIfEmpty(TokenState.INACTIVE);
    }

    /** A parameter without a value counts as omitted (RFC 6749, section 3.2). */
    private static void requireValue(String token) {
        if (token.isEmpty()) {
            throw ProblemException.invalid(TOKEN, "is required");
        }
    }
}
