package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Gives the caller to code that runs before a handler. */
public final class Callers {

    private Callers() {}

    /** Null only where no caller is identified. */
    public static @Nullable Caller of(ServerWebExchange exchange) {
        return Admission.callerOf(exchange);
    }

    /**
     * For a gateway that has identified the caller itself and lets its own controllers answer. A service must not call it: its
     * callers are those of a verified assertion.
     *
     * @param clientAddress IPv4 or IPv6 address; null when unknown
     */
    public static void identified(ServerWebExchange exchange, Caller caller, @Nullable String clientAddress) {
        Admission.identified(exchange, new Asserted(caller, clientAddress));
    }
}
