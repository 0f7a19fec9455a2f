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
 * The clients whose limit refused them a moment ago, until the wait that they were told is over. What comes before the limit
 * and costs more than it does can thus leave out what the limit would refuse anyway.
 */
@Component
public final class RefusedClients {

    /** A few hundred bytes each. One that is forgotten for want of space is refused by its limit again. */
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

    /** @param answer makes a new one for each request, because whoever writes it may add to it */
    public void add(ServerHttpRequest request, Supplier<ProblemException> answer, Duration wait) {
        refused.put(addresses.rangeOf(request), new Refusal(answer, wait));
    }

    /** @throws ProblemException 429, what its limit answered, if that refused the client and the wait is not over */
    public void check(ServerHttpRequest request) {
        Refusal refusal = refused.getIfPresent(addresses.rangeOf(request));
        if (refusal != null) {
            throw refusal.answer().get();
        }
    }
}
