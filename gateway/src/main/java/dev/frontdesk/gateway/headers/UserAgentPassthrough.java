package dev.frontdesk.gateway.headers;

import dev.frontdesk.kit.resilience.UserAgents;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/** Forwards User-Agent as the client sent it, and adds none where the client sent none. */
@Component
final class UserAgentPassthrough implements HttpClientCustomizer {

    @Override
    public HttpClient customize(HttpClient client) {
        return UserAgents.unnamed(client);
    }
}
