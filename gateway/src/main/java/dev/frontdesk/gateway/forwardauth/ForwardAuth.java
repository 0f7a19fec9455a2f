package dev.frontdesk.gateway.forwardauth;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.applications.ActiveRoute;
import dev.frontdesk.gateway.applications.ApplicationRoutes;
import dev.frontdesk.gateway.assertions.ApplicationAssertions;
import dev.frontdesk.gateway.assertions.PlainIdentity;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.identity.Callers;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.gateway.limits.RequestLimit;
import dev.frontdesk.gateway.overload.Overload;
import dev.frontdesk.kit.values.AddressRange;
import dev.frontdesk.kit.web.HandlerInput;
import dev.frontdesk.kit.web.ProblemException;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers a proxy that asks whether it may send a request to an application: an external route decides, as if the request had
 * come to the gateway. 200 has headers for the application that say who calls, in place of those of the client.
 */
@Component
public final class ForwardAuth {

    /** In application.yml. */
    private static final String ROUTE = "forward-auth";

    /** Proxies remove Upgrade, which ends at them, and pass these on; over HTTP/2 there is no key (RFC 8441). */
    private static final Set<String> HANDSHAKE = Set.of("Sec-WebSocket-Key", "Sec-WebSocket-Version");

    private static final HandlerInput NOTHING = new HandlerInput(Set.of(), false);

    private final List<AddressRange> proxies;
    private final ClientAddresses addresses;
    private final ApplicationRoutes routes;
    private final Callers callers;
    private final SameOriginCheck pages;
    private final Overload overload;
    private final RequestLimit limit;
    private final ApplicationAssertions assertions;

    ForwardAuth(
            ForwardAuthProperties properties,
            ClientAddresses addresses,
            ApplicationRoutes routes,
            Callers callers,
            SameOriginCheck pages,
            Overload overload,
            RequestLimit limit,
            ApplicationAssertions assertions) {
        this.proxies = properties.ranges();
        this.addresses = addresses;
        this.routes = routes;
        this.callers = callers;
        this.pages = pages;
        this.overload = overload;
        this.limit = limit;
        this.assertions = assertions;
    }

    /** Whether a request with this route asks about another request. */
    public static boolean answers(Route route) {
        return route.getId().equals(ROUTE);
    }

    /** Fails with the problem to answer. The request that is asked about counts once, whatever the answer is. */
    public Mono<Void> answer(ServerWebExchange asked) {
        return Mono.defer(() -> check(asked.getRequest()))
                .then(Mono.defer(() -> decide(asked.mutate()
                        .request(OriginalRequest.in(asked.getRequest()))
                        .build())));
    }

    /** Fails also with a query or a body of the question itself. */
    private Mono<Void> check(ServerHttpRequest request) {
        if (!addresses.isBehind(proxies, request)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Only a proxy in frontdesk.gateway.forward-auth.proxies and .trusted-proxies may ask about requests of others.");
        }
        return OriginalRequest.isAppendedIn(request) ? Mono.empty() : NOTHING.check(request);
    }

    private Mono<Void> decide(ServerWebExchange exchange) {
        ActiveRoute route = routes.findExternal(exchange);
        return callers.identify(exchange.getRequest(), route.tenant(), route.isOpen())
                .flatMap(identity -> {
                    Identity.set(exchange, identity);
                    return overload.limited(limit.count(exchange, identity))
                            .flatMap(_ -> admit(exchange, route, identity));
                });
    }

    private Mono<Void> admit(ServerWebExchange exchange, ActiveRoute route, Identity identity) {
        return switch (identity) {
            case Identity.Refused refused -> Mono.error(refused.problem());
            case Identity.Known known -> {
                checkHandshake(exchange.getRequest(), route, known.isByCookie());
                yield route.chain()
                        .filter(exchange)
                        .then(Mono.defer(() -> allow(exchange.getResponse(), route, known)));
            }
        };
    }

    /** A page of another site could read all messages with the cookie of its visitor (RFC 6455, section 10.2). */
    private void checkHandshake(ServerHttpRequest request, ActiveRoute route, boolean cookie) {
        if (HANDSHAKE.stream().noneMatch(request.getHeaders()::containsHeader)) {
            return;
        }
        if (!route.hasSockets()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The route has no WebSockets.");
        }
        if (!pages.mayOpenASocket(request.getHeaders(), cookie)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Pages of this origin may not open sockets.");
        }
    }

    /** All headers are always there: a proxy that copies only those it gets would leave a client's own ones in place. */
    private Mono<Void> allow(ServerHttpResponse response, ActiveRoute route, Identity.Known known) {
        HttpServerResponse answer = ServerHttpResponseDecorator.getNativeResponse(response);
        HttpHeaders sent = answer.responseHeaders();
        assertions.addTo(sent, known, route.audience());
        PlainIdentity.addEmptyTo(sent);
        if (route.hasIdentityHeaders()) {
            PlainIdentity.addTo(sent, known.caller());
        }
        response.setStatusCode(HttpStatus.OK);
        return response.setComplete();
    }
}
