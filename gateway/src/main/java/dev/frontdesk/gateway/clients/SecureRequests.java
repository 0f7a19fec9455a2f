package dev.frontdesk.gateway.clients;

import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** Reports whether a client sent its request over TLS: to the gateway itself, or to a trusted proxy that says so. */
@Component
public final class SecureRequests {

    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final String HTTPS = "https";

    private final ClientAddresses addresses;

    SecureRequests(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    public boolean came(ServerHttpRequest request) {
        if (HTTPS.equals(request.getURI().getScheme()) && request.getSslInfo() != null) {
            return true;
        }
        List<String> said = request.getHeaders().getOrEmpty(FORWARDED_PROTO);
        return said.size() == 1
                && HTTPS.equalsIgnoreCase(said.getFirst().strip())
                && addresses.isBehindTrusted(request);
    }
}
