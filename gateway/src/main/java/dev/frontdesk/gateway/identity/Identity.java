package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What is known about the sender of a request, for later filters. */
public sealed interface Identity {

    /**
     * @param credential the caller's session token; null if it used none
     * @param authenticatedAt when the caller's session was opened; null without one, or if that is not known
     */
    record Known(
            Caller caller,
            Credential.@Nullable SessionToken credential,
            @Nullable Instant authenticatedAt) implements Identity {}

    /** The caller could not be identified; the request still counts against its address before it is refused. */
    record Refused(ProblemException problem) implements Identity {}

    static Identity of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(Identity.class.getName());
    }

    /** Called by the filter that identifies the caller. */
    static void set(ServerWebExchange exchange, Identity identity) {
        exchange.getAttributes().put(Identity.class.getName(), identity);
    }
}
