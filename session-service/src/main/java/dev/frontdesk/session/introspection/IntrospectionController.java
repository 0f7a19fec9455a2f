package dev.frontdesk.session.introspection;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.session.sessions.Session;
import dev.frontdesk.session.sessions.SessionToken;
import dev.frontdesk.session.sessions.Sessions;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
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

    @PostMapping(IntrospectionRequest.PATH)
    Mono<ResponseEntity<Introspection>> introspect(@RequestBody IntrospectionRequest request, Caller.Service caller) {
        if (!caller.name().equals(GATEWAY)) {
            return Mono.error(new ProblemException(ProblemType.FORBIDDEN, "Only the gateway introspects tokens."));
        }
        // What can't be a token of ours costs no question to Redis.
        return Mono.justOrEmpty(tokenIn(request))
                .flatMap(sessions::touch)
                .map(IntrospectionController::active)
                .defaultIfEmpty(Introspection.INACTIVE)
                .map(answer ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer));
    }

    private static Optional<SessionToken> tokenIn(IntrospectionRequest request) {
        return SessionToken.parse(Optional.ofNullable(request.token())
                .orElseThrow(() -> ProblemException.invalid("token", "is required")));
    }

    private static Introspection active(Session session) {
        return new Introspection(
                true,
                session.tenant().value(),
                session.accountId(),
                session.id(),
                session.roles(),
                session.expiresAt().getEpochSecond());
    }
}
