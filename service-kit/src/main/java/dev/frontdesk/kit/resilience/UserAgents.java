package dev.frontdesk.kit.resilience;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Sends no User-Agent of Reactor Netty's with requests that are passed on for a client: where the client has sent none, none is
 * sent, so that neither its list of devices nor the audit trail names a program that it did not use.
 */
public final class UserAgents {

    private UserAgents() {}

    /** The client, which says what it is told to say and nothing by itself. */
    public static HttpClient unnamed(HttpClient client) {
        return client.doOnRequest((request, _) -> removeDefault(request));
    }

    /** By identity: a client may call itself the same. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private static void removeDefault(HttpClientRequest request) {
        HttpHeaders headers = request.requestHeaders();
        if (headers.get(HttpHeaderNames.USER_AGENT) == HttpClient.USER_AGENT) {
            headers.remove(HttpHeaderNames.USER_AGENT);
        }
    }
}
