package dev.frontdesk.gateway.identity;

import reactor.core.publisher.Mono;

/** Finds open sessions by their token. */
interface Sessions {

    /**
     * @param beforeLookUp called if session-service has to be asked; may throw to prevent that
     * @return empty for a token that is unknown, expired or revoked
     * @throws dev.frontdesk.kit.web.ProblemException 503 (as a signal) when the lookup fails
     */
    Mono<OpenSession> find(String token, Runnable beforeLookUp);
}
