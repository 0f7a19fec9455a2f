package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells a service who calls: a signed assertion of the caller and its address, instead of the caller's credentials. */
public final class CallerHeaders {

    /** Much shorter than an assertion's life, so that the service and its clock have the rest. */
    static final Duration REUSED = Duration.ofSeconds(10);

    /** About 600 bytes each. */
    private static final int MOST = 50_000;

    private final IdentityAssertions assertions;
    private final ClientAddresses addresses;
    private final SessionCalls sessionCalls;
    private final Cache<Signed, String> signed;

    CallerHeaders(IdentityAssertions assertions, ClientAddresses addresses, SessionCalls sessionCalls, Ticker ticker) {
        this.assertions = assertions;
        this.addresses = addresses;
        this.sessionCalls = sessionCalls;
        this.signed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REUSED)
                .ticker(ticker)
                .build();
    }

    private record Signed(Caller caller, @Nullable String address) {}

    public HttpHeaders of(ServerHttpRequest request, Identity.Known known) {
        var headers = new HttpHeaders();
        var content = new Signed(known.caller(), addresses.of(request).orElse(null));
        headers.set(Headers.IDENTITY, signed.get(content, it -> assertions.sign(it.caller(), it.address())));
        sessionCalls.complete(headers, request, known);
        return headers;
    }
}
