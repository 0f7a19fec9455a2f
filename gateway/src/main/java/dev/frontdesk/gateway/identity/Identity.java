package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What is known about who sent a request, for the steps that come after. */
public sealed interface Identity {

    /** @param credential of a session, if the caller came with one */
    record Known(Caller caller, Credential.@Nullable SessionToken credential) implements Identity {}

    /** The caller could not be established; the request still counts against its address before it is answered. */
    record Refused(ProblemException problem) implements Identity {}

    static Identity of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(Identity.class.getName());
    }

    /** For the step that finds it out. */
    static void set(ServerWebExchange exchange, Identity identity) {
        exchange.getAttributes().put(Identity.class.getName(), identity);
    }
}
