package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;

/**
 * Identifies the caller of a request by its assertion, and checks the permission table. Only services may call
 * {@code /internal}, and services may call nothing else.
 */
public final class Admission {

    private static final String ASSERTED = Admission.class.getName() + ".asserted";
    private static final String INTERNAL = "/internal/";

    private final VerifiedAssertions assertions;
    private final Permissions permissions;

    Admission(IdentityAssertions assertions, Permissions permissions) {
        this.assertions = new VerifiedAssertions(assertions);
        this.permissions = permissions;
    }

    /**
     * Call this before anything else; {@link Callers} then returns the caller.
     *
     * @throws ProblemException 401 without a valid assertion, so that clients can't bypass the gateway
     */
    public void identify(ServerWebExchange exchange) {
        String assertion = exchange.getRequest().getHeaders().getFirst(Headers.IDENTITY);
        Asserted asserted = assertion == null ? null : assertions.read(assertion);
        if (asserted == null || isInternal(exchange) != asserted.caller() instanceof Caller.Service) {
            throw ProblemException.unauthenticated();
        }
        identified(exchange, asserted);
    }

    static void identified(ServerWebExchange exchange, Asserted asserted) {
        exchange.getAttributes().put(ASSERTED, asserted);
    }

    private static boolean isInternal(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication().value().startsWith(INTERNAL);
    }

    /** The {@link CallOrigin} of an identified request, for {@code contextWrite}. */
    public static Context origin(ServerWebExchange exchange, Context context) {
        return CallOrigin.in(context, () -> new CallOrigin(callerOf(exchange), originOf(exchange)));
    }

    /**
     * For the start of a service.
     *
     * @throws IllegalStateException if the endpoint is missing from the table
     */
    public Permission permissionOf(String method, String pattern) {
        return permissions.require(method, pattern);
    }

    /** @throws ProblemException 401 or 403 for a caller whom the endpoint does not admit */
    public void admit(Permission permission, ServerWebExchange exchange) {
        Permissions.check(permission, callerOf(exchange));
    }

    static @Nullable Caller callerOf(ServerWebExchange exchange) {
        Asserted asserted = exchange.getAttribute(ASSERTED);
        return asserted == null ? null : asserted.caller();
    }

    static Origin originOf(ServerWebExchange exchange) {
        Asserted asserted = exchange.getAttribute(ASSERTED);
        return new Origin(
                asserted == null ? null : asserted.clientAddress(),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }
}
