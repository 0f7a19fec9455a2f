package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Determines the caller and the tenant of a request. */
public final class Callers {

    private final Sessions sessions;
    private final BiFunction<ApiKeyText, Runnable, Mono<Caller.ApiKey>> apiKeys;
    private final OperatorKey operatorKey;
    private final Consumer<TenantId> tenants;
    private final SameOriginCheck sameOriginCheck;
    private final Consumer<ServerHttpRequest> refusedClients;

    /**
     * @param apiKeys finds the caller of a valid key; runs its second argument before a look-up
     * @param tenants throws for a tenant that does not exist or is suspended
     * @param refusedClients throws for a request of a client that its limit refuses. Requests are counted only after the
     *     caller is identified, so every guessed token would be looked up, however far the client is beyond its limit.
     *     Therefore, while the limit refuses a client, only tokens that need no look-up are accepted from it.
     */
    Callers(
            Sessions sessions,
            BiFunction<ApiKeyText, Runnable, Mono<Caller.ApiKey>> apiKeys,
            OperatorKey operatorKey,
            Consumer<TenantId> tenants,
            SameOriginCheck sameOriginCheck,
            Consumer<ServerHttpRequest> refusedClients) {
        this.sessions = sessions;
        this.apiKeys = apiKeys;
        this.operatorKey = operatorKey;
        this.tenants = tenants;
        this.sameOriginCheck = sameOriginCheck;
        this.refusedClients = refusedClients;
    }

    /** Fails only with the 429 of a client that its limit refuses. */
    public Mono<Identity> identify(ServerHttpRequest request) {
        return identify(request, null, false, OpenEndpoints.has(request));
    }

    /**
     * The same for a request to an application.
     *
     * @param tenant of a caller that shows no credential and names no tenant; null for the default one
     * @param open whether callers without a credential may come. A browser sends the cookie of a session that has ended as well
     */
    public Mono<Identity> identify(ServerHttpRequest request, @Nullable TenantId tenant, boolean open) {
        return identify(request, tenant, open, false);
    }

    /**
     * @param withoutCookies public endpoints ignore the session cookie, which browsers send automatically: an ended session
     *     must not prevent a new login, a sign-up or a password reset
     */
    private Mono<Identity> identify(
            ServerHttpRequest request, @Nullable TenantId tenant, boolean open, boolean withoutCookies) {
        try {
            return of(request, tenant, open, withoutCookies);
        } catch (ProblemException problem) {
            return refused(problem);
        }
    }

    private static Mono<Identity> refused(ProblemException problem) {
        return problem.type() == ProblemType.RATE_LIMITED
                ? Mono.error(problem)
                : Mono.just(new Identity.Refused(problem));
    }

    /** Fails with the problem to return if the headers are invalid or the credentials are not accepted. */
    private Mono<Identity> of(
            ServerHttpRequest request, @Nullable TenantId otherwise, boolean open, boolean withoutCookies) {
        HttpHeaders headers = request.getHeaders();
        @Nullable TenantId named = tenantIn(headers);
        TenantId tenant = named != null ? named : otherwise != null ? otherwise : TenantId.DEFAULT;
        return switch (withoutCookies ? Credential.shownIn(headers) : Credential.in(headers)) {
            case Credential.None _ -> known(tenant, new Caller.Anonymous(tenant));
            case Credential.ApiKey(String key) -> {
                if (!operatorKey.matches(key)) {
                    throw ProblemException.invalidCredential();
                }
                yield known(tenant, new Caller.Operator(tenant));
            }
            case Credential.TenantKey shown -> application(request, shown, named);
            case Credential.SessionToken shown ->
                open && shown.carrier() == Credential.Carrier.COOKIE
                        ? account(request, shown, named)
                                .flatMap(found ->
                                        isEnded(found) ? known(tenant, new Caller.Anonymous(tenant)) : Mono.just(found))
                        : account(request, shown, named);
        };
    }

    /** The key says who the application is, a session that is shown with it for which user it calls. */
    private Mono<Identity> application(
            ServerHttpRequest request, Credential.TenantKey shown, @Nullable TenantId named) {
        return apiKeys.apply(shown.key(), () -> refusedClients.accept(request))
                .flatMap(key -> shown.user() == null
                        ? Mono.just(identityOf(key, named))
                        : account(request, shown.user(), key.tenant())
                                .map(user -> identityOf(key, named) instanceof Identity.Refused refused
                                        ? refused
                                        : together(user, key)))
                .onErrorResume(ProblemException.class, Callers::refused)
                .switchIfEmpty(Mono.fromSupplier(() -> new Identity.Refused(ProblemException.invalidCredential())));
    }

    private Identity identityOf(Caller.ApiKey key, @Nullable TenantId named) {
        tenants.accept(key.tenant());
        return named == null || named.equals(key.tenant())
                ? new Identity.Known(key, null, null)
                : new Identity.Refused(new ProblemException(
                        ProblemType.FORBIDDEN, "The API key belongs to another tenant than X-Tenant-Id."));
    }

    private static Identity together(Identity user, Caller.ApiKey key) {
        return user instanceof Identity.Known(Caller caller, var token, var authenticatedAt)
                        && caller instanceof Caller.Account account
                ? new Identity.Known(
                        new Caller.Account(
                                account.tenant(), account.accountId(), account.sessionId(), account.roles(), key),
                        token,
                        authenticatedAt)
                : user;
    }

    private Mono<Identity> account(ServerHttpRequest request, Credential.SessionToken shown, @Nullable TenantId named) {
        if (shown.carrier() == Credential.Carrier.COOKIE) {
            sameOriginCheck.check(request, shown.token());
        }
        return sessions.find(shown.token(), () -> refusedClients.accept(request))
                .map(session -> identityOf(session, shown, named))
                .onErrorResume(ProblemException.class, Callers::refused)
                .switchIfEmpty(Mono.fromSupplier(() -> new Identity.Refused(
                        shown.carrier() == Credential.Carrier.COOKIE
                                ? Credential.endedCookie()
                                : ProblemException.invalidCredential())));
    }

    private static boolean isEnded(Identity identity) {
        return identity instanceof Identity.Refused(ProblemException problem)
                && problem.type() == ProblemType.UNAUTHENTICATED;
    }

    private Identity identityOf(OpenSession session, Credential.SessionToken shown, @Nullable TenantId named) {
        tenants.accept(session.caller().tenant());
        return named == null || named.equals(session.caller().tenant())
                ? new Identity.Known(session.caller(), shown, session.openedAt())
                : new Identity.Refused(new ProblemException(
                        ProblemType.FORBIDDEN,
                        "The session belongs to another tenant than X-Tenant-Id or the API key."));
    }

    private Mono<Identity> known(TenantId named, Caller caller) {
        tenants.accept(named);
        return Mono.just(new Identity.Known(caller, null, null));
    }

    private static @Nullable TenantId tenantIn(HttpHeaders headers) {
        List<String> named = headers.getOrEmpty(Headers.TENANT);
        if (named.isEmpty()) {
            return null;
        }
        if (named.size() > 1 || !TenantId.isValid(named.getFirst())) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    Headers.TENANT + " must be 1 to 63 lower-case letters, digits and inner hyphens.");
        }
        return new TenantId(named.getFirst());
    }
}
