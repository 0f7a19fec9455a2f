package dev.frontdesk.kit.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Runs at most one check of a part at a time, however many callers ask. A frozen server then blocks one connection
 * instead of one per request.
 */
final class SingleFlightHealth implements HealthPart {

    /**
     * Without this timeout, a check of a server that vanished without closing its connection would last as long as TCP
     * retries.
     */
    private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(10);

    private final HealthPart part;
    private @Nullable CompletableFuture<Map<String, Object>> looking;

    SingleFlightHealth(HealthPart part) {
        this.part = part;
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return Mono.defer(() -> Mono.fromFuture(current(), true));
    }

    private synchronized CompletableFuture<Map<String, Object>> current() {
        var last = looking;
        if (last == null || last.isDone()) {
            last = Mono.defer(part::look).timeout(GIVES_UP_AFTER).toFuture();
            looking = last;
        }
        return last;
    }
}
