package dev.frontdesk.gateway.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * The clients that exceeded their limit a moment ago, each until its Retry-After time is over. Steps that run before
 * the limit and cost more than it does can skip requests that the limit would refuse anyway.
 */
@Component
public final class RefusedClients {

    /**
     * Each entry takes a few hundred bytes. If an entry is evicted for lack of space, the limit refuses the client
     * again.
     */
    private static final int MOST = 50_000;

    private final ClientAddresses addresses;
    private final Cache<String, Refusal> refused;

    @Autowired
    RefusedClients(ClientAddresses addresses) {
        this(addresses, Ticker.systemTicker());
    }

    RefusedClients(ClientAddresses addresses, Ticker ticker) {
        this.addresses = addresses;
        this.refused = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<String, Refusal>writing((_, refusal) -> refusal.lasts()))
                .ticker(ticker)
                .build();
    }

    private record Refusal(Supplier<ProblemException> answer, Duration lasts) {}

    /** @param answer creates a new exception for each request, because the code that writes it may add headers to it */
    public void add(ServerHttpRequest request, Supplier<ProblemException> answer, Duration wait) {
        refused.put(addresses.rangeOf(request), new Refusal(answer, wait));
    }

    /** @throws ProblemException 429, as the limit answered, if the limit refused the client and the wait is not over */
    public void check(ServerHttpRequest request) {
        Refusal refusal = refused.getIfPresent(addresses.rangeOf(request));
        if (refusal != null) {
            throw refusal.answer().get();
        }
    }
}
