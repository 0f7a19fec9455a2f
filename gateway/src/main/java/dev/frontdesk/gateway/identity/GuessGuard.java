package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.web.ProblemException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Keeps guessed tokens from session-service. A request is counted once it is known whose it is, so that whoever makes up
 * tokens would have each of them looked up, however far beyond the limit. So while a client's limit refuses it, only tokens
 * that are known here are taken from it.
 */
final class GuessGuard {

    private final Predicate<String> known;
    private final Consumer<ServerHttpRequest> refused;

    /**
     * @param known tokens that nobody has to be asked about
     * @param refused throws for a request of a client whose limit refuses it
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
