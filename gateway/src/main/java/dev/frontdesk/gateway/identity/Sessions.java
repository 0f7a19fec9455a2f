package dev.frontdesk.gateway.identity;

import reactor.core.publisher.Mono;

/** The open sessions, found by their token. */
interface Sessions {

    /**
     * @return empty for a token that is unknown, expired or revoked
     * @throws dev.frontdesk.kit.web.ProblemException 503 (as a signal) when that can't be found out now
     */
    Mono<OpenSession> find(String token);
}
