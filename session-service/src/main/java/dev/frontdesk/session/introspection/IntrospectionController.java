package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.direct.DirectHandler;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Callers;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.session.sessions.Session;
import dev.frontdesk.session.sessions.Sessions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the gateway what a token stands for (RFC 7662), which counts as a use of the session. When Redis does not answer
 * the error goes out as 503: "inactive" is only said of tokens that are known to be.
 */
@RestController
class IntrospectionController {

    private static final String GATEWAY = "gateway";
    private static final String NO_STORE = "no-store";

    private final Sessions sessions;
    private final TokenForm form;
    private final JsonMapper json;
    private final byte[] inactive;

    IntrospectionController(Sessions sessions, TokenForm form, JsonMapper json) {
        this.sessions = sessions;
        this.form = form;
        this.json = json;
        this.inactive = json.writeValueAsBytes(Introspection.INACTIVE);
    }

    @DirectHandler
    @Takes(body = true)
    @PostMapping(path = IntrospectionRequest.PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Void> introspect(ServerWebExchange exchange) {
        if (!(Callers.of(exchange) instanceof Caller.Service service
                && service.name().equals(GATEWAY))) {
            return Mono.error(new ProblemException(ProblemType.FORBIDDEN, "Only the gateway introspects tokens."));
        }
        // What can't be a token of ours costs no question to Redis.
        return form.token(exchange.getRequest())
                .flatMap(sessions::touch)
                .map(session -> json.writeValueAsBytes(active(session)))
                .defaultIfEmpty(inactive)
                .flatMap(body -> answer(exchange.getResponse(), body));
    }

    private static Mono<Void> answer(ServerHttpResponse response, byte[] body) {
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Introspection active(Session session) {
        return new Introspection(
                true,
                "Bearer",
                session.tenant().value(),
                session.accountId(),
                session.id(),
                session.roles(),
                session.createdAt().getEpochSecond(),
                session.expiresAt().getEpochSecond(),
                session.credentialsVersion());
    }
}
