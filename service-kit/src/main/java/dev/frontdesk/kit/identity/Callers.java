package dev.frontdesk.kit.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Gives the caller to code that runs before a handler. */
public final class Callers {

    private Callers() {}

    /** Null only where no assertion is required. */
    public static @Nullable Caller of(ServerWebExchange exchange) {
        return Admission.callerOf(exchange);
    }
}
