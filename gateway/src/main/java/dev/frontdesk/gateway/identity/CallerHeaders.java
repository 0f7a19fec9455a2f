package dev.frontdesk.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells a service who calls: a signed assertion of the caller and its address, instead of the caller's credentials. */
public final class CallerHeaders {

    /** Much shorter than an assertion's life, so that the service and its clock have the rest. */
    static final Duration REUSED = Duration.ofSeconds(10);

    /** About 600 bytes each. */
    private static final int MOST = 50_000;

    private static final AsciiString IDENTITY = AsciiString.cached(Headers.IDENTITY);

    private final IdentityAssertions assertions;
    private final ClientAddresses addresses;
    private final SessionCalls sessionCalls;
    private final Cache<Signed, AsciiString> signed;

    CallerHeaders(IdentityAssertions assertions, ClientAddresses addresses, SessionCalls sessionCalls, Ticker ticker) {
        this.assertions = assertions;
        this.addresses = addresses;
        this.sessionCalls = sessionCalls;
        this.signed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REUSED)
                .ticker(ticker)
                // The work is short, and another thread for it costs more.
                .executor(Runnable::run)
                // So that a pause leaves no large clean-up to the next request.
                .scheduler(Scheduler.systemScheduler())
                .build();
    }

    private record Signed(Caller caller, @Nullable String address) {}

    public void addTo(HttpHeaders sent, ServerHttpRequest request, Identity.Known known) {
        var content = new Signed(known.caller(), addresses.of(request).orElse(null));
        sent.set(IDENTITY, signed.get(content, this::sign));
        sessionCalls.complete(sent, request, known);
    }

    private AsciiString sign(Signed content) {
        return new AsciiString(assertions.sign(content.caller(), content.address()));
    }
}
