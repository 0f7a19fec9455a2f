package dev.frontdesk.gateway.urls;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers a request whose URL was replaced when it was received. The sender of a token should learn that the token is
 * in some log by now.
 */
@Component
final class RefusedUrls implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Step.REFUSED_URLS.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return switch (exchange.getRequest().getURI().getRawPath()) {
            case SecretUrlMasking.PATH ->
                refused("URLs are logged, so they must not carry a token: send it in Authorization, and revoke the "
                        + "session that it belongs to.");
            case UnreadableUrlMasking.UNREADABLE ->
                refused("The URL has a character that must be percent-encoded, or a percent sign without two "
                        + "hexadecimal digits.");
            default -> chain.filter(exchange);
        };
    }

    private static Mono<Void> refused(String detail) {
        return Mono.error(new ProblemException(ProblemType.MALFORMED_REQUEST, detail));
    }
}
