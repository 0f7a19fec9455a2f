package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Determines the caller and the tenant of a request. */
final class Callers {

    private final Sessions sessions;
    private final OperatorKey operatorKey;
    private final Tenants tenants;
    private final SameOriginCheck sameOriginCheck;
    private final GuessGuard guessGuard;

    Callers(
            Sessions sessions,
            OperatorKey operatorKey,
            Tenants tenants,
            SameOriginCheck sameOriginCheck,
            GuessGuard guessGuard) {
        this.sessions = sessions;
        this.operatorKey = operatorKey;
        this.tenants = tenants;
        this.sameOriginCheck = sameOriginCheck;
        this.guessGuard = guessGuard;
    }

    /** Fails with the problem to return if the headers are invalid or the credentials are not accepted. */
    Mono<Identity.Known> of(ServerHttpRequest request) {
        return Mono.defer(() -> {
            Optional<TenantId> named = tenantIn(request.getHeaders());
            TenantId tenant = named.orElse(TenantId.DEFAULT);
            return switch (credentialIn(request)) {
                case Credential.None _ -> known(tenant, new Caller.Anonymous(tenant));
                case Credential.ApiKey(String key) ->
                    operatorKey.matches(key)
                            ? known(tenant, new Caller.Operator(tenant))
                            : Mono.error(ProblemException.invalidCredential());
                case Credential.SessionToken shown -> account(request, shown, named);
            };
        });
    }

    /**
     * Public endpoints ignore the session cookie, which browsers send automatically: an ended session must not prevent
     * a new login, a sign-up or a password reset.
     */
    private static Credential credentialIn(ServerHttpRequest request) {
        return OpenEndpoints.has(request)
                ? Credential.shownIn(request.getHeaders())
                : Credential.in(request.getHeaders());
    }

    private Mono<Identity.Known> account(
            ServerHttpRequest request, Credential.SessionToken shown, Optional<TenantId> named) {
        boolean cookie = shown.carrier() == Credential.Carrier.COOKIE;
        if (cookie) {
            sameOriginCheck.check(request, shown.token());
        }
        guessGuard.check(request, shown.token());
        return sessions.find(shown.token())
                .switchIfEmpty(
                        Mono.error(() -> cookie ? Credential.endedCookie() : ProblemException.invalidCredential()))
                .map(OpenSession::caller)
                .filter(caller -> named.isEmpty() || named.get().equals(caller.tenant()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.FORBIDDEN, "The session belongs to another tenant than X-Tenant-Id.")))
                .map(caller -> new Identity.Known(caller, shown));
    }

    private Mono<Identity.Known> known(TenantId named, Caller caller) {
        tenants.check(named);
        return Mono.just(new Identity.Known(caller, null));
    }

    private static Optional<TenantId> tenantIn(HttpHeaders headers) {
        List<String> named = headers.getOrEmpty(Headers.TENANT);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (named.size() > 1 || !TenantId.isValid(named.getFirst())) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    Headers.TENANT + " must be 1 to 63 lower-case letters, digits and inner hyphens.");
        }
        return Optional.of(new TenantId(named.getFirst()));
    }
}
