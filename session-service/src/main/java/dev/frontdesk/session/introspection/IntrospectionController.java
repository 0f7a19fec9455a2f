package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.session.sessions.Session;
import dev.frontdesk.session.sessions.SessionToken;
import dev.frontdesk.session.sessions.Sessions;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Tells the gateway what a token stands for (RFC 7662), which counts as a use of the session. When Redis does not answer
 * the error goes out as 503: "inactive" is only said of tokens that are known to be.
 */
@RestController
class IntrospectionController {

    private static final String GATEWAY = "gateway";

    private final Sessions sessions;

    IntrospectionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @Takes(body = true)
    @PostMapping(path = IntrospectionRequest.PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Introspection>> introspect(ServerWebExchange exchange, Caller.Service caller) {
        return introspect(
                caller,
                exchange.getFormData()
                        // An escape that is none, which no client of ours writes; the error would repeat it.
                        .onErrorMap(IllegalArgumentException.class, _ -> malformed())
                        .flatMap(form -> Mono.justOrEmpty(tokenIn(form))));
    }

    private Mono<ResponseEntity<Introspection>> introspect(Caller.Service caller, Mono<SessionToken> asked) {
        if (!caller.name().equals(GATEWAY)) {
            return Mono.error(new ProblemException(ProblemType.FORBIDDEN, "Only the gateway introspects tokens."));
        }
        // What can't be a token of ours costs no question to Redis.
        return asked.flatMap(sessions::touch)
                .map(IntrospectionController::active)
                .defaultIfEmpty(Introspection.INACTIVE)
                .map(answer ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer));
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "The form is malformed.");
    }

    private static Optional<SessionToken> tokenIn(MultiValueMap<String, String> form) {
        List<String> tokens = form.getOrDefault(IntrospectionRequest.TOKEN, List.of());
        if (tokens.size() != 1) {
            throw ProblemException.invalid(IntrospectionRequest.TOKEN, "is required exactly once");
        }
        return Optional.ofNullable(tokens.getFirst()).flatMap(SessionToken::parse);
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
