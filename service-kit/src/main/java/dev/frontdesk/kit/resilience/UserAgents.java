package dev.frontdesk.kit.resilience;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Removes Reactor Netty's default User-Agent from requests that are passed on for a client. If the client sent none,
 * none is sent, so that neither the client's list of devices nor the audit trail names a program that the client did
 * not use.
 */
public final class UserAgents {

    private UserAgents() {}

    /** Returns a client that sends only an explicitly set User-Agent. */
    public static HttpClient unnamed(HttpClient client) {
        return client.doOnRequest((request, _) -> removeDefault(request));
    }

    /** Compares by identity, because a client may send the same text itself. */
    private static void removeDefault(HttpClientRequest request) {
        HttpHeaders headers = request.requestHeaders();
        if (headers.get(HttpHeaderNames.USER_AGENT) == HttpClient.USER_AGENT) {
            headers.remove(HttpHeaderNames.USER_AGENT);
        }
    }
}
