package dev.frontdesk.kit.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Who calls, for what runs before a handler does. */
public final class Callers {

    private Callers() {}

    /** Null only where no assertion is asked for. */
    public static @Nullable Caller of(ServerWebExchange exchange) {
        return IdentityFilter.callerOf(exchange);
    }
}
