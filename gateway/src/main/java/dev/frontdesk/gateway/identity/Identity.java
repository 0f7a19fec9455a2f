package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What is known about the sender of a request, for later filters. */
public sealed interface Identity {

    String SINCE = Identity.class.getName() + ".since";

    /**
     * @param credential the caller's session token; null if it used none
     * @param authenticatedAt when the caller's session was opened; null without one, or if that is not known
     */
    record Known(
            Caller caller,
            Credential.@Nullable SessionToken credential,
            @Nullable Instant authenticatedAt) implements Identity {

        /** Whether a browser has sent the session, whichever page has caused the request. */
        public boolean isByCookie() {
            return credential != null && credential.carrier() == Credential.Carrier.COOKIE;
        }
    }

    /** The caller could not be identified; the request still counts against its address before it is refused. */
    record Refused(ProblemException problem) implements Identity {}

    static Identity of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(Identity.class.getName());
    }

    /** What {@link System#nanoTime} was before the caller was identified. */
    static long since(ServerWebExchange exchange) {
        return exchange.<Long>getRequiredAttribute(SINCE);
    }

    /** Called before the caller of a request to an application is identified. */
    static void begins(ServerWebExchange exchange) {
        exchange.getAttributes().put(SINCE, System.nanoTime());
    }

    /** Called by the filter that identifies the caller. */
    static void set(ServerWebExchange exchange, Identity identity) {
        exchange.getAttributes().put(Identity.class.getName(), identity);
    }
}
