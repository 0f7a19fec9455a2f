package dev.frontdesk.gateway.cors;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.gateway.tenants.KnownTenants;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Requests of pages (the CORS protocol of the Fetch standard). A page may read a response if its origin is one of the
 * tenant's, without the browser's cookies, or one of the installation's own
 * ({@code frontdesk.gateway.browsers.allowed-origins}), with them. Origins are always named; {@code *} is never sent.
 */
@Component
public final class CrossOriginRequests {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Cache-Tag, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent,"
                    + " X-API-Key, X-CSRF-Token, X-Tenant-Id";
    private static final String EXPOSED =
            "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-RateLimit-Limit-Day,"
                    + " X-RateLimit-Limit-Hour, X-RateLimit-Limit-Minute, X-RateLimit-Remaining-Day, X-RateLimit-Remaining-Hour,"
                    + " X-RateLimit-Remaining-Minute, X-Trace-Id";

    /** Browsers ask again by then, so an origin that is no longer allowed is noticed. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final SameOriginCheck ownPages;
    private final KnownTenants tenants;

    CrossOriginRequests(SameOriginCheck ownPages, KnownTenants tenants) {
        this.ownPages = ownPages;
        this.tenants = tenants;
    }

    public boolean isPreflight(ServerHttpRequest request) {
        return CorsUtils.isPreFlightRequest(request);
    }

    /**
     * Answers a preflight. It names neither a tenant nor a caller, so an origin is allowed that any tenant allows; the
     * response to the request itself is for its tenant's origins alone.
     */
    public Mono<Void> answerPreflight(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.NO_CONTENT);
        String origin = originOf(exchange);
        vary(response.getHeaders());
        if (origin != null && isAllowedSomewhere(origin)) {
            name(origin, response.getHeaders());
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            response.getHeaders().setAccessControlMaxAge(REMEMBERED);
        }
        return response.setComplete();
    }

    /** Call this once the caller is known: its page may read the response if the tenant allows its origin. */
    public void allow(ServerWebExchange exchange, Identity identity) {
        String origin = originOf(exchange);
        if (origin == null) {
            return;
        }
        boolean allowed = switch (identity) {
            case Identity.Known known -> isAllowed(known.caller().tenant(), origin);
            // A refusal tells nothing of any tenant.
            case Identity.Refused _ -> isAllowedSomewhere(origin);
        };
        HttpHeaders headers = exchange.getResponse().getHeaders();
        vary(headers);
        if (allowed) {
            name(origin, headers);
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    private boolean isAllowed(TenantId tenant, String origin) {
        return ownPages.isAllowed(origin) || tenants.allowsOrigin(tenant, origin);
    }

    private boolean isAllowedSomewhere(String origin) {
        return ownPages.isAllowed(origin) || tenants.anyAllowsOrigin(origin);
    }

    private void name(String origin, HttpHeaders headers) {
        headers.setAccessControlAllowOrigin(origin);
        if (ownPages.isAllowed(origin)) {
            headers.setAccessControlAllowCredentials(true);
        }
    }

    /** A cache must not give the response of one origin to another one. */
    private static void vary(HttpHeaders headers) {
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }

    /** Null for a request without an origin, or with several. */
    private static @Nullable String originOf(ServerWebExchange exchange) {
        var origins = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
        return origins.size() == 1 ? origins.getFirst() : null;
    }
}
