package dev.frontdesk.gateway.identity;

import reactor.core.publisher.Mono;

/** Skips sessions that are known to be revoked, however fresh the answer about them is. */
final class UnrevokedSessions implements Sessions {

    private final Sessions found;
    private final Revocations revocations;

    UnrevokedSessions(Sessions found, Revocations revocations) {
        this.found = found;
        this.revocations = revocations;
    }

    @Override
    public Mono<OpenSession> find(String token, Runnable beforeLookUp) {
        return found.find(token, beforeLookUp).filter(session -> !revocations.contain(session));
    }
}
