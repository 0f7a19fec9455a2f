package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.identity.Credential.Carrier;
import dev.frontdesk.kit.identity.SessionCookies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The calls to session-service about the session itself, and the extra headers that only these calls carry. */
final class SessionCalls {

    private static final String SESSIONS = Endpoint.LOG_IN.path();

    private final SameOriginCheck sameOriginCheck;

    SessionCalls(SameOriginCheck sameOriginCheck) {
        this.sameOriginCheck = sameOriginCheck;
    }

    static boolean isLogin(ServerHttpRequest request) {
        return is(Endpoint.LOG_IN, request);
    }

    static boolean isRefresh(ServerHttpRequest request) {
        return is(Endpoint.REFRESH_SESSION, request);
    }

    /**
     * @param sent the headers for the service, so far without these extra headers
     * @param request the request as received
     */
    void complete(HttpHeaders sent, ServerHttpRequest request, Identity.Known known) {
        if (isLogin(request)) {
            completeLogin(sent, request);
        } else if (known.credential() != null && isOfSessions(request)) {
            completeUse(sent, request, known.credential());
        }
    }

    private void completeLogin(HttpHeaders sent, ServerHttpRequest request) {
        if (sameOriginCheck.sent(request.getHeaders())) {
            sent.set(Headers.COOKIES, Headers.COOKIES_ALLOWED);
        }
        List<String> devices = Credential.cookies(request.getHeaders(), SessionCookies.DEVICE);
        if (devices.size() == 1) {
            sent.set(HttpHeaderNames.COOKIE, SessionCookies.DEVICE + "=" + devices.getFirst());
        }
    }

    private static void completeUse(HttpHeaders sent, ServerHttpRequest request, Credential.SessionToken credential) {
        if (credential.carrier() == Carrier.COOKIE) {
            sent.set(Headers.COOKIES, Headers.COOKIES_HELD);
        }
        if (isRefresh(request)) {
            sent.set(Headers.SESSION_TOKEN, credential.token());
        }
    }

    private static boolean is(Endpoint endpoint, ServerHttpRequest request) {
        return request.getMethod().name().equals(endpoint.method())
                && pathOf(request).equals(endpoint.path());
    }

    private static boolean isOfSessions(ServerHttpRequest request) {
        String path = pathOf(request);
        return path.equals(SESSIONS) || path.startsWith(SESSIONS + "/");
    }

    private static String pathOf(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value();
    }
}
