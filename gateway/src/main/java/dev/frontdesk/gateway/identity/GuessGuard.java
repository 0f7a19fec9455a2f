package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.web.ProblemException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Keeps guessed tokens away from session-service. Requests are counted only after the caller is identified, so every
 * guessed token would be looked up, however far the client is beyond its limit. Therefore, while the limit refuses a
 * client, this gateway accepts only tokens from it that need no lookup.
 */
final class GuessGuard {

    private final Predicate<String> known;
    private final Consumer<ServerHttpRequest> refused;

    /**
     * @param known accepts tokens that need no call to session-service
     * @param refused throws for a request of a client that its limit refuses
     */
    GuessGuard(Predicate<String> known, Consumer<ServerHttpRequest> refused) {
        this.known = known;
        this.refused = refused;
    }

    /** @throws ProblemException 429 for a token that must not be looked up for this client now */
    void check(ServerHttpRequest request, String token) {
        if (!known.test(token)) {
            refused.accept(request);
        }
    }
}
